/**
 * Which queue: Redis where its address is given, else the database of the store, PostgreSQL or the embedded
 * one. What is configured and does not answer is an error of `check`; nothing falls back to something else.
 */
import { createPostgresQueue, type PostgresQueueSettings } from './postgres/create-queue.js'
import type { Queue } from './queue.js'
import { readRedisAddress } from './redis/address.js'
import { createRedisQueue } from './redis/create-queue.js'

export interface QueueOptions {
  /** `redis://`, `rediss://` or the path of a unix socket. */
  readonly redisUrl?: string
  /** Of all keys in Redis; several installations can share one Redis. */
  readonly prefix?: string
  /** Redis on another machine without TLS or without a password. */
  readonly allowInsecure?: boolean
  readonly database: PostgresQueueSettings
}

const DEFAULT_PREFIX = 'chartcode'

/** Connects later; call `check` to know. Throws `usage` or `queue-refused` for an address that is not allowed. */
export function openQueue(options: QueueOptions): Queue {
  const { redisUrl, prefix = DEFAULT_PREFIX, allowInsecure = false, database } = options
  if (redisUrl === undefined) return createPostgresQueue(database)
  return createRedisQueue({ address: readRedisAddress(redisUrl, { allowInsecure }), prefix })
}
