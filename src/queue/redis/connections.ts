/**
 * Connections to Redis that answer. A producer's commands fail within two seconds, whether the port is
 * closed or swallows everything; a worker's wait for Redis, as BullMQ demands, but try again every second
 * and notice a dead peer.
 *
 * BullMQ duplicates a worker's connection for the command that blocks. The copy is kept, so that both can
 * be cut when the worker is closed.
 */
import { once } from 'node:events'
import { Redis, type RedisOptions } from 'ioredis'
import type { RedisAddress } from './address.js'

/** No method of the queue takes longer; a caller of the API has its answer within 2.5 s. */
export const ANSWERS_WITHIN_MS = 2_000

/** Longer than the 5 s that BullMQ lets Redis hold back an answer where there is no job. */
const SILENT_FOR_MS = 10_000

function retryStrategy(times: number): number {
  return Math.min(times * 100, 1_000)
}

const COMMON = {
  connectTimeout: ANSWERS_WITHIN_MS,
  // The time for a last word. With ioredis's 2 s a process whose Redis is gone lives on so long with nothing to do.
  disconnectTimeout: 100,
  retryStrategy,
  // It only tells Redis the name of the library, and an ACL may forbid it.
  disableClientInfo: true,
} as const satisfies RedisOptions

export function connectProducer({ options }: RedisAddress): Redis {
  return quiet(
    new Redis({
      ...options,
      ...COMMON,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: ANSWERS_WITHIN_MS,
    }),
  )
}

/** Waits for a connection that is being made; the error says why it was not. Fails at once while there is none. */
export async function whenReady(redis: Redis): Promise<void> {
  if (['wait', 'connecting', 'connect'].includes(redis.status)) await once(redis, 'ready')
}

/** One try, for a check: the error says why it failed. */
export function connectOnce({ options }: RedisAddress): Redis {
  return quiet(
    new Redis({
      ...options,
      ...COMMON,
      lazyConnect: true,
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      commandTimeout: ANSWERS_WITHIN_MS,
      retryStrategy: () => null,
    }),
  )
}

export interface WorkerConnections {
  readonly main: Redis
  readonly disconnect: () => void
}

export function connectWorker({ options }: RedisAddress): WorkerConnections {
  const settings = { ...options, ...COMMON, maxRetriesPerRequest: null, socketTimeout: SILENT_FOR_MS }
  const main = quiet(new Redis(settings))
  const all = [main]
  // BullMQ gives it the name by which it lists its workers.
  main.duplicate = override => {
    const copy = quiet(new Redis({ ...settings, connectionName: override?.connectionName ?? '' }))
    all.push(copy)
    return copy
  }
  return {
    main,
    disconnect: () => {
      for (const connection of all) connection.disconnect()
    },
  }
}

/** ioredis prints errors that nobody listens to. Whoever waits for an answer gets the error as well. */
function quiet(redis: Redis): Redis {
  return redis.on('error', () => undefined)
}
