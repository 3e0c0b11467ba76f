/**
 * The three backends of the queue as the tests see them, over the store's own pools. Starting one gives null
 * where the server is not installed, or the program with PGlite's thread not built. `open` makes another Queue on the same data; `kill` takes the backend away without a word.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openQueue } from '../../src/queue/open-queue.js'
import type { QueuePool } from '../../src/queue/postgres/pool.js'
import type { Queue } from '../../src/queue/queue.js'
import type { Database } from '../../src/store/database.js'
import { openPglite } from '../../src/store/pglite/open-pglite.js'
import { openPostgres } from '../../src/store/postgres/open-postgres.js'
import { startPostgres } from '../servers/postgres.js'
import { startRedis } from '../servers/redis.js'
import { isBuilt, THREAD_FILE } from '../store/store-under-test.js'

export interface Backend {
  /** For the process of a consumer that is to be killed. */
  readonly address: string
  readonly open: () => Promise<Queue>
  readonly clear: () => Promise<unknown>
  /** Null where it lives in this process. */
  readonly kill: (() => Promise<void>) | null
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type BackendName = Queue['backend']

export const BACKENDS = {
  redis: startRedisBackend,
  postgres: startPostgresBackend,
  pglite: startPgliteBackend,
} as const satisfies Record<BackendName, () => Promise<Backend | null>>

const NO_POOL = { backend: 'pglite', pool: null as unknown as QueuePool } as const

export function openRedisQueue(redisUrl: string): Queue {
  return openQueue({ redisUrl, database: NO_POOL })
}

export function openEmbedded(directory: string): Promise<Database> {
  return openPglite({ directory, threadFile: THREAD_FILE })
}

async function startRedisBackend(): Promise<Backend | null> {
  const server = await startRedis()
  if (server === null) return null
  const { url, kill9, restart, stop } = server
  const open = (): Promise<Queue> => Promise.resolve(openRedisQueue(url))
  return { address: url, open, clear: () => server.cli('flushall'), kill: kill9, restart, stop }
}

async function startPostgresBackend(): Promise<Backend | null> {
  const server = await startPostgres()
  if (server === null) return null
  const database = openPostgres({ url: server.url })
  return {
    address: server.url,
    open: () => Promise.resolve(openQueue({ database })),
    clear: () => database.query('DELETE FROM bullmq.job').catch(() => null),
    kill: server.kill9,
    restart: server.restart,
    stop: async () => {
      await database.close()
      await server.stop()
    },
  }
}

/** Opened with the first queue, so that before it another process can have it. */
async function startPgliteBackend(): Promise<Backend | null> {
  if (!isBuilt) return null
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-pglite-'))
  let opened: Promise<Database> | null = null
  const reset = async (): Promise<void> => {
    await (await opened)?.close()
    opened = null
  }
  return {
    address: directory,
    open: async () => {
      opened ??= openEmbedded(directory)
      return openQueue({ database: await opened })
    },
    clear: async () => (await opened)?.query('DELETE FROM bullmq.job').catch(() => null),
    kill: null,
    restart: reset,
    stop: async () => {
      await reset()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
