/**
 * Which store and which queue there are: `REDIS_URL` → BullMQ on Redis; else `DATABASE_URL` → BullMQ on that
 * PostgreSQL; else both in the embedded database of the data directory. A backend that was named and does not
 * answer is an error, never replaced by another; only for a producer a queue may be silent, because what it
 * hands in is kept by the store.
 */
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'
import { within } from '../queue/deadline.js'
import type { Queue } from '../queue/queue.js'
import type { SpawnedRedis } from '../queue/redis/spawn-redis.js'
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
  /** False only where `silentQueue` allows it. */
  readonly queueAnswers: boolean
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

export interface OpenOptions {
  /** Milliseconds for which calls to a store that does not answer are repeated. */
  readonly patience?: number
  /** Told before each repetition: a store may be silent for long before a call fails. */
  readonly onRetry?: () => void
  /** `allowed`: a queue that does not answer soon is no error; one that refuses still is. */
  readonly silentQueue?: 'allowed' | 'refused'
}

/** Of the 2.5 s in which whoever hands in a note has an answer. Little is lost: the workers fill the queue as well. */
const SOON_MS = 500

export async function openBackends(
  settings: BackendSettings,
  { patience = 0, onRetry = () => {}, silentQueue = 'refused' }: OpenOptions = {},
): Promise<Backends> {
  const { store: bare, database } = await openStoreOf(settings)
  const store = patience > 0 ? createRetryingStore(bare, { totalMs: patience, onRetry }) : bare
  const opened: { close: () => Promise<void> }[] = [store]
  const close = async (): Promise<void> => {
    // The queue first: it may live in the database of the store.
    for (const backend of opened.reverse()) await backend.close()
  }
  try {
    const redis = settings.spawnRedis ? await startRedis(settings.dataDirectory) : null
    if (redis !== null) opened.push({ close: redis.stop })
    const redisUrl = redis?.url ?? settings.redisUrl
    const { allowInsecure } = settings
    // Half of what a program loads: whoever finds the store held by another does not wait for it.
    const { openQueue } = await import('../queue/open-queue.js')
    const queue = openQueue({ ...(redisUrl === undefined ? {} : { redisUrl }), allowInsecure, database })
    opened.push(queue)
    const queueAnswers = silentQueue === 'allowed' ? await answersSoon(queue) : await answers(queue)
    return {
      store,
      queue,
      queueAnswers,
      description: `queue on ${queue.backend}, store on ${store.backend}`,
      close,
    }
  } catch (error) {
    // A connection that is left open tries again for ever, and keeps the process that has said why it fails.
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

async function startRedis(dataDirectory: string): Promise<SpawnedRedis> {
  const { spawnRedis } = await import('../queue/redis/spawn-redis.js')
  return spawnRedis(path.join(dataDirectory, 'redis'))
}

/** Throws where it does not. */
async function answers(queue: Queue): Promise<true> {
  await queue.check()
  return true
}

async function answersSoon(queue: Queue): Promise<boolean> {
  try {
    await within(SOON_MS, queue.check(), () => new ChartcodeError('queue-unavailable', 'the queue is silent'))
    return true
  } catch (error) {
    if (error instanceof ChartcodeError && error.code === 'queue-unavailable') return false
    throw error
  }
}
