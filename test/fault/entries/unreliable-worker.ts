/**
 * A worker whose store and queue fail at every twentieth call in each of three ways (R13). It is told a seed
 * for what it draws and its number of threads; at SIGTERM it prints how often what failed.
 */
import '../as-built.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBackends, type Backends } from '../../../src/app/backends.js'
import { NOTE_LIMITS } from '../../../src/app/coding/worker-pool.js'
import { findDictionaries } from '../../../src/app/dictionaries.js'
import { createLog } from '../../../src/app/log.js'
import { endProcess } from '../../../src/cli/end-process.js'
import { openWorker } from '../../../src/app/work/open-worker.js'
import { settingsOf } from '../installation.js'
import { createRandom } from '../random.js'
import { countFailures, unreliableBackends } from '../unreliable-backends.js'

const STOP_MS = 5_000
const AGAIN_AFTER_MS = 100

const [seed = '0', jobs = '1'] = process.argv.slice(2)
const { CHARTCODE_DATA_DIR = '', REDIS_URL = '', DATABASE_URL = '' } = process.env
const failures = countFailures()

/** The network between is bad too: a worker that cannot open its backends would be started again. */
async function open(): Promise<Backends> {
  for (;;) {
    try {
      return await openBackends(
        settingsOf({ redisUrl: REDIS_URL, databaseUrl: DATABASE_URL }, CHARTCODE_DATA_DIR),
      )
    } catch {
      await sleep(AGAIN_AFTER_MS)
    }
  }
}

const dictionaries = await findDictionaries({ dataDirectory: CHARTCODE_DATA_DIR })
const backends = await open()
const worker = await openWorker({
  backends: unreliableBackends(backends, createRandom(Number(seed)), failures.count),
  dictionaries,
  jobs: Number(jobs),
  limits: NOTE_LIMITS,
  log: createLog(),
})
process.once('SIGTERM', () => {
  void worker.stop(STOP_MS).then(() => {
    process.stdout.write(`${JSON.stringify(failures.counts())}\n`, () => endProcess(0))
  })
})
