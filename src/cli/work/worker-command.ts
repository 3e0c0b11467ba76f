/** `chartcode worker`: takes work from the queue until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openBackends } from '../../app/backends.js'
import { createLog } from '../../app/log.js'
import { startHealthServer } from '../../app/work/health-server.js'
import { checkDictionaries } from '../../app/work/check-dictionaries.js'
import { openWorker } from '../../app/work/open-worker.js'
import type { Queue } from '../../queue/queue.js'
import type { Store } from '../../store/store.js'
import { numberFrom, oneOf } from '../arguments.js'
import { jobsFrom, limitsFrom, THREAD_OPTIONS } from '../batch/thread-options.js'
import { EXIT, type Command } from '../command.js'
import { endProcess } from '../end-process.js'
import { BACKEND_NOTE, BACKEND_OPTIONS, backendSettings, findDictionariesFor } from './backend-options.js'

/** Supervisors kill after 10 s. */
const STOP_MS = 8000
/** A store that restarts is back within this. */
const PATIENCE_MS = 30_000
const LOOK_MS = 100

export const workerCommand: Command = {
  spec: {
    name: 'worker',
    operands: '',
    summary: 'code what was submitted, until it is stopped',
    description:
      'Takes work from the queue, codes it with worker threads and commits the results. As many workers as you\nlike share a Redis and a PostgreSQL. SIGTERM or SIGINT ends it when the work in hand is done, within 10 s;\na second one at once.',
    options: [
      { name: 'until-empty', description: 'end when no work is open' },
      {
        name: 'health-port',
        value: 'PORT',
        description: 'answer /health/live, /health/ready and /metrics on this port (default: none)',
        configurable: true,
      },
      {
        name: 'health-host',
        value: 'ADDRESS',
        description: 'of the health port (default 127.0.0.1)',
        configurable: true,
      },
      {
        name: 'log-level',
        value: 'LEVEL',
        description: 'info, warn or error (default info)',
        configurable: true,
      },
      ...THREAD_OPTIONS,
      ...BACKEND_OPTIONS,
    ],
    notes: [
      `${BACKEND_NOTE}\nThe log is JSON lines on standard error: codes, ids and counts, never note text.`,
    ],
    examples: [
      'chartcode worker',
      'REDIS_URL=redis://127.0.0.1 DATABASE_URL=postgres:///chartcode chartcode worker --health-port 9464',
    ],
  },
  run: async (args, terminal) => {
    const jobs = jobsFrom(args)
    const port = numberFrom(args, 'health-port', { least: 0, most: 65535, whole: true })
    const limits = limitsFrom(args)
    const log = createLog(
      oneOf(args, 'log-level', ['info', 'warn', 'error']) ?? (terminal.quiet ? 'error' : 'info'),
    )
    const dictionaries = await findDictionariesFor(args, terminal)
    const settings = backendSettings(args, dictionaries.dataDirectory)
    const backends = await openBackends(settings, {
      patience: PATIENCE_MS,
      onRetry: () => {
        log.warn('store-unavailable')
      },
    })
    await checkDictionaries(dictionaries).catch(async (error: unknown) => {
      await backends.close()
      throw error
    })
    const stopped = stopSignal()
    const worker = await openWorker({ backends, dictionaries, jobs, limits, log })
    const health =
      port === undefined
        ? null
        : await startHealthServer({
            host: args.value('health-host') ?? '127.0.0.1',
            port,
            registry: worker.metrics.registry,
            ready: () => readiness(backends),
          })
    await Promise.race([stopped, ...(args.has('until-empty') ? [untilEmpty(backends.store)] : [])])
    await worker.stop(STOP_MS)
    await health?.close()
    await Promise.race([backends.close(), sleep(1000)])
    // A connection that hangs must not keep the process.
    return endProcess(EXIT.done)
  },
}

async function readiness({ store, queue }: { readonly store: Store; readonly queue: Queue }): Promise<void> {
  await Promise.all([store.ping(), queue.check()])
}

/** Resolves at the first signal; the second ends the process. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    let count = 0
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        count += 1
        if (count > 1) endProcess(EXIT.failed)
        resolve()
      })
  })
}

async function untilEmpty(store: Store): Promise<void> {
  for (;;) {
    if (!(await store.hasOpen()) && (await store.codedBatches(1)).length === 0) return
    await sleep(LOOK_MS)
  }
}
