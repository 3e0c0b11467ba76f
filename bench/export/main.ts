/**
 * `npm run bench:export -- [--notes N] [--only queue|threads|batch]`: a night's export as its users run it,
 * measured in one run.
 *
 *   threads  `batch --jobs 2` over `--jobs 1`, beside what two threads of a plain loop bring
 *   queue    Redis, PostgreSQL and two `worker --jobs 1`, beside `batch --jobs 2`; the same bytes must come out
 *   batch    `batch --jobs 2` alone: time, memory and counts, for a million notes
 *
 * Fails on a wrong answer, not on a slow one; a goal that is missed is named. Loopback only; its own servers.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../test/servers/postgres.js'
import { startRedis } from '../../test/servers/redis.js'
import { writeExport } from './corpus.js'
import { loopSpeedUp } from './integer-loop.js'
import { growth, startWatched, usageOf, type Ended } from './watched-process.js'

const { values } = parseArgs({
  options: { notes: { type: 'string', default: '100000' }, only: { type: 'string' } },
})
const notes = Number(values.notes)
const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-export-'))
const input = path.join(directory, 'export.ndjson')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const bytes = writeExport(input, notes)
  if (bytes === null) say('there is no corpus: set CHARTCODE_SHARED')
  else {
    say(`${notes} notes, ${(bytes / 1e6).toFixed(0)} MB`)
    if (values.only === undefined || values.only === 'threads') await measureThreads()
    if (values.only === undefined || values.only === 'queue') await measureQueue()
    if (values.only === 'batch') describe('batch, 2 threads', await runBatch(2, 'alone'))
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function runBatch(jobs: number, name: string): Promise<Ended> {
  const out = path.join(directory, name)
  const ended = await startWatched(
    ['batch', input, '--out', out, '--jobs', String(jobs), '--quiet'],
    process.env,
  ).ended
  if (ended.code !== 0) throw new Error(`batch ended with ${ended.code}`)
  const { counts } = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as {
    counts: Readonly<Record<string, number>>
  }
  say(`  ${JSON.stringify(counts)}`)
  if (counts['read'] !== notes || counts['failed'] !== 0) throw new Error('not every note was coded')
  return ended
}

function describe(name: string, { seconds, cpu, memory }: Ended): void {
  say(
    `  ${name}: ${seconds.toFixed(1)} s, ${Math.round(notes / seconds)} notes/s, CPU ${cpu.toFixed(1)} s, ` +
      `memory ${Math.round(Math.max(...memory, 0))} MB at most, changes by ${(growth(memory) * 100).toFixed(0)} %`,
  )
}

function judge(name: string, value: number, goal: number, isAtLeast: boolean): void {
  const holds = isAtLeast ? value >= goal : value <= goal
  say(`${holds ? 'ok    ' : 'MISSED'} ${name}: ${value.toFixed(3)} (goal ${isAtLeast ? '≥' : '≤'} ${goal})`)
}

async function measureThreads(): Promise<void> {
  const loop = await loopSpeedUp()
  const one = await runBatch(1, 'one')
  describe('batch, 1 thread', one)
  const two = await runBatch(2, 'two')
  describe('batch, 2 threads', two)
  const speedUp = one.seconds / two.seconds
  say(`  a loop on 2 threads: ${loop.toFixed(2)} ×; the batch: ${speedUp.toFixed(2)} ×`)
  judge('threads: speed-up of the batch over that of a plain loop', speedUp / loop, 0.93, true)
}

async function measureQueue(): Promise<void> {
  const [redis, postgres] = [await startRedis(), await startPostgres()]
  try {
    if (redis === null || postgres === null) throw new Error('redis-server or PostgreSQL is not installed')
    const batch = await runBatch(2, 'in-process')
    describe('batch, 2 threads', batch)
    const env = { ...process.env, REDIS_URL: redis.url, DATABASE_URL: postgres.url }
    const workers = [1, 2].map(() => startWatched(['worker', '--jobs', '1', '--quiet'], env))
    const queued = path.join(directory, 'queued')
    const started = performance.now()
    const submit = await startWatched(['submit', input, '--out', queued, '--wait', '--quiet'], env).ended
    const seconds = (performance.now() - started) / 1000
    const redisCpu = usageOf(redis.pid)?.cpu ?? 0
    const level = Number(/used_memory:(\d+)/.exec(await redis.cli('INFO', 'memory'))?.[1] ?? 0)
    for (const worker of workers) worker.kill('SIGTERM')
    const ended = await Promise.all(workers.map(worker => worker.ended))
    if (submit.code !== 0) throw new Error(`submit ended with ${submit.code}`)
    const same = (await hashOf(path.join(directory, 'in-process'))) === (await hashOf(queued))
    if (!same) throw new Error('the queue gave other bytes than the batch')
    for (const [i, one] of ended.entries()) describe(`worker ${i + 1}`, { ...one, seconds })
    describe('submit', submit)
    const all = redisCpu + submit.cpu + ended.reduce((sum, { cpu }) => sum + cpu, 0)
    say(`  the same bytes; Redis: CPU ${redisCpu.toFixed(1)} s, ${(level / 1e6).toFixed(1)} MB`)
    judge('queue: notes a second over those of the batch', batch.seconds / seconds, 0.85, true)
    judge(
      'queue: CPU beyond that of the batch, share of the whole',
      Math.max(0, all - batch.cpu) / all,
      0.08,
      false,
    )
    judge(
      'queue: memory of a worker changes by',
      Math.max(...ended.map(({ memory }) => growth(memory))),
      0.1,
      false,
    )
  } finally {
    await redis?.stop()
    await postgres?.stop()
  }
}

async function hashOf(out: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path.join(out, 'results.ndjson'))) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
