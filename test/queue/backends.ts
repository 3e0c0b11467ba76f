/**
 * The three backends of the queue as the tests see them. `start` gives null where the server is not
 * installed. `open` makes another Queue on the same data; `kill` takes the backend away without a word.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openQueue } from '../../src/queue/open-queue.js'
import type { QueuePool } from '../../src/queue/postgres/pool.js'
import type { Queue } from '../../src/queue/queue.js'
import { startPostgres } from '../servers/postgres.js'
import { startRedis } from '../servers/redis.js'
import { openPglitePool } from './pglite-pool.js'

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

export function openPostgresPool(connectionString: string): pg.Pool {
  const options = '-c search_path=bullmq,public'
  const pool = new pg.Pool({ connectionString, options, connectionTimeoutMillis: 2_000, max: 10 })
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  return pool
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
  const pool = openPostgresPool(server.url)
  const database = { backend: 'postgres', pool: pool as unknown as QueuePool } as const
  return {
    address: server.url,
    open: () => Promise.resolve(openQueue({ database })),
    clear: () => pool.query('DELETE FROM bullmq.job').catch(() => null),
    kill: server.kill9,
    restart: server.restart,
    stop: async () => {
      await pool.end()
      await server.stop()
    },
  }
}

/** Opened with the first queue, so that before it another process can have it. */
async function startPgliteBackend(): Promise<Backend | null> {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-pglite-'))
  let opened: ReturnType<typeof openPglitePool> | null = null
  const reset = async (): Promise<void> => {
    await (await opened)?.close()
    opened = null
  }
  return {
    address: directory,
    open: async () => {
      opened ??= openPglitePool(directory)
      const { pool } = await opened
      return openQueue({ database: { backend: 'pglite', pool } })
    },
    clear: async () => (await opened)?.pool.query('DELETE FROM bullmq.job').catch(() => null),
    kill: null,
    restart: reset,
    stop: async () => {
      await reset()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
