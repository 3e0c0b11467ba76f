/**
 * Which store and which queue there are: `REDIS_URL` → BullMQ on Redis; else `DATABASE_URL` → BullMQ on that
 * PostgreSQL; else both in the embedded database of the data directory. A backend that was named and does not
 * answer is an error, never replaced by another.
 */
import path from 'node:path'
import { openQueue } from '../queue/open-queue.js'
import type { Queue } from '../queue/queue.js'
import { spawnRedis } from '../queue/redis/spawn-redis.js'
import { openStore, type OpenedStore } from '../store/open-store.js'
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

/** The store belongs to this process then, so no other can code what is submitted to it. */
export function isStoreEmbedded({ databaseUrl }: BackendSettings): boolean {
  return databaseUrl === undefined
}

/** `patience`: milliseconds for which calls to a store that does not answer are repeated. */
export async function openBackends(settings: BackendSettings, patience = 0): Promise<Backends> {
  const { store: bare, database } = await openStoreOf(settings)
  const store = patience > 0 ? createRetryingStore(bare, { totalMs: patience }) : bare
  const opened: (() => Promise<void>)[] = [() => store.close()]
  const close = async (): Promise<void> => {
    for (const end of opened.reverse()) await end().catch(() => undefined)
  }
  try {
    const redis = settings.spawnRedis ? await spawnRedis(path.join(settings.dataDirectory, 'redis')) : null
    if (redis !== null) opened.push(redis.stop)
    const redisUrl = redis?.url ?? settings.redisUrl
    const { allowInsecure } = settings
    const queue = openQueue({ ...(redisUrl === undefined ? {} : { redisUrl }), allowInsecure, database })
    opened.push(() => queue.close())
    await queue.check()
    return { store, queue, description: `queue on ${queue.backend}, store on ${store.backend}`, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The store alone, for who needs no queue. */
export function openStoreOf(
  settings: Omit<BackendSettings, 'redisUrl' | 'spawnRedis'>,
): Promise<OpenedStore> {
  return openStore({
    ...(settings.databaseUrl === undefined ? {} : { databaseUrl: settings.databaseUrl }),
    allowInsecure: settings.allowInsecure,
    directory: embeddedDirectory(settings.dataDirectory),
    threadFile: workerFile('database-thread'),
  })
}
