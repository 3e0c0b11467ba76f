/**
 * Which store and which queue there are: `REDIS_URL` → BullMQ on Redis; else `DATABASE_URL` → BullMQ on that
 * PostgreSQL; else both in the embedded database of the data directory. A backend that was named and does not
 * answer is an error, never replaced by another.
 */
import path from 'node:path'
import { openQueue } from '../queue/open-queue.js'
import type { Queue } from '../queue/queue.js'
import { openStore } from '../store/open-store.js'
import { createRetryingStore } from '../store/retrying-store.js'
import type { Store } from '../store/store.js'
import { workerFile } from './coding/worker-file.js'

export interface BackendSettings {
  readonly redisUrl: string | undefined
  readonly databaseUrl: string | undefined
  /** Starts a Redis of its own, in the data directory. */
  readonly spawnRedis: boolean
  /** Plain text or no password to a backend on another machine. */
  readonly allowInsecure: boolean
  readonly dataDirectory: string
}

export interface Backends {
  readonly store: Store
  readonly queue: Queue
  /** For a line at the start. */
  readonly description: string
  readonly close: () => Promise<void>
}

export function embeddedDirectory(dataDirectory: string): string {
  return path.join(dataDirectory, 'store')
}

export function isEmbedded({ redisUrl, databaseUrl, spawnRedis }: BackendSettings): boolean {
  return redisUrl === undefined && databaseUrl === undefined && !spawnRedis
}

/** `patience`: milliseconds for which calls to a store that does not answer are repeated. */
export async function openBackends(settings: BackendSettings, patience = 0): Promise<Backends> {
  const { store: bare, database } = await openStore({
    ...(settings.databaseUrl === undefined ? {} : { databaseUrl: settings.databaseUrl }),
    allowInsecure: settings.allowInsecure,
    directory: embeddedDirectory(settings.dataDirectory),
    threadFile: workerFile('database-thread'),
  })
  const store = patience > 0 ? createRetryingStore(bare, { totalMs: patience }) : bare
  try {
    const { redisUrl, allowInsecure } = settings
    const queue = openQueue({ ...(redisUrl === undefined ? {} : { redisUrl }), allowInsecure, database })
    await queue.check()
    return {
      store,
      queue,
      description: `queue on ${queue.backend}, store on ${store.backend}`,
      close: async () => {
        await queue.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
