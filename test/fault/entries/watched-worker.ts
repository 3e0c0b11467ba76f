/**
 * A worker as `chartcode worker` starts it, that says more: each event of its log is a line on standard output,
 * where the program's own log leaves some out, and at SIGTERM how long its event loop was held up since it last
 * got SIGUSR2. With `--poisoned` its threads detonate poison.
 */
import { writeSync } from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openBackends } from '../../../src/app/backends.js'
import { findDictionaries } from '../../../src/app/dictionaries.js'
import type { EventFields } from '../../../src/app/log.js'
import { openWorker } from '../../../src/app/work/open-worker.js'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '1' },
    deadline: { type: 'string', default: '30' },
    heap: { type: 'string', default: '512' },
    poisoned: { type: 'boolean', default: false },
  },
})

function say(code: string, fields: EventFields = {}): void {
  writeSync(1, `${JSON.stringify({ code, at: Date.now(), ...fields })}\n`)
}

const scriptsIn = (directory: string) => ({
  thread: path.join(directory, 'poisoned-thread.js'),
  alone: path.join(directory, 'poisoned-alone.js'),
})

const LOOK_MS = 10
const delay = monitorEventLoopDelay({ resolution: LOOK_MS })
const dictionaries = await findDictionaries()
const backends = await openBackends({
  redisUrl: process.env['REDIS_URL'],
  databaseUrl: process.env['DATABASE_URL'],
  spawnRedis: false,
  allowInsecure: false,
  dataDirectory: dictionaries.dataDirectory,
})
const worker = await openWorker({
  backends,
  dictionaries,
  jobs: Number(values.jobs),
  limits: { deadline: Number(values.deadline) * 1_000, heap: Number(values.heap) },
  log: { info: say, warn: say, error: say },
  ...(values.poisoned ? { scripts: scriptsIn(import.meta.dirname) } : {}),
})
delay.enable()
process.on('SIGUSR2', () => {
  delay.reset()
  say('delay-reset')
})
process.on('SIGTERM', () => {
  delay.disable()
  say('delay', { looks: delay.count, p999: delay.percentile(99.9) / 1e6, max: delay.max / 1e6 })
  void worker.stop(8_000).then(() => process.kill(process.pid, 'SIGKILL'))
})
