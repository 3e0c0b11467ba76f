/**
 * `npx tsx test/queue/throughput.ts redis|postgres|pglite [JOBS]`: jobs a second and CPU a job of this
 * process (PGlite lives in it), adding by 500 and taking with a handler that does nothing. Every job is
 * counted; a wrong count is a failure and no figure.
 */
import { BACKENDS, type BackendName } from './backends.js'
import { until } from './until.js'

const [name = 'redis', jobs = '5000'] = process.argv.slice(2)
const backend = await BACKENDS[name as BackendName]()
if (backend === null) throw new Error(`${name} is not installed`)
const queue = await backend.open()
const count = Number(jobs)
await queue.check()

async function measure(label: string, run: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const figures = [
    `${Math.round(count / seconds)} jobs/s`,
    `${Math.round((user + system) / count)} µs CPU a job`,
  ]
  process.stdout.write(`${[name, label, ...figures].join('\t')}\n`)
}

async function take(concurrency: number): Promise<void> {
  const taken = new Set<string>()
  const handler = (workId: string): Promise<void> => {
    taken.add(workId)
    return Promise.resolve()
  }
  const consumer = await queue.consume({ concurrency, handler, onError: () => undefined })
  await until(120_000, async () => taken.size === count && (await queue.counts()).active === 0)
  await consumer.close(2_000)
  const { waiting } = await queue.counts()
  if (waiting > 0) throw new Error(`${waiting} jobs are left`)
}

try {
  for (const concurrency of [1, 8]) {
    const work = Array.from({ length: count }, (_, at) => ({ workId: `${concurrency}-${at}`, priority: 2 }))
    await measure('add by 500', () => queue.add(work))
    await measure(`take, concurrency ${concurrency}`, () => take(concurrency))
  }
} finally {
  await queue.close()
  await backend.stop()
}
