/**
 * The queue on Redis. One connection adds, counts and asks; each consumer has two of its own. The queue
 * waits for a first connection that is under way, and fails at once while Redis is gone.
 */
import { Queue as BullQueue, Worker, type Processor } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ChartcodeError } from '../../model/errors.js'
import { startConsumer, type OpenWorker } from '../consumer.js'
import { settlesWithin, within } from '../deadline.js'
import { addJobs, countJobs } from '../producer.js'
import type { Queue } from '../queue.js'
import { EVENTS_KEPT, QUEUE_NAME, WORKER_SETTINGS } from '../work-job.js'
import type { RedisAddress } from './address.js'
import { aliveInRedis } from './alive.js'
import { checkRedis } from './check.js'
import { ANSWERS_WITHIN_MS, connectProducer, connectWorker, whenReady } from './connections.js'
import { codeOf, redisError } from './errors.js'
import { watchLevel } from './level.js'

export interface RedisQueueSettings {
  readonly address: RedisAddress
  /** Of every key; an ACL user may be limited to it. */
  readonly prefix: string
}

/** Its version is checked by `checkRedis`, which answers where BullMQ would wait, or print. */
const UNCHECKED = { skipVersionCheck: true, skipWaitingForReady: true }

export function createRedisQueue({ address, prefix }: RedisQueueSettings): Queue {
  const redis = connectProducer(address)
  const bull = new BullQueue(QUEUE_NAME, { connection: redis, prefix, skipMetasUpdate: true, ...UNCHECKED })
  bull.on('error', () => undefined)
  keepFewEvents(redis, prefix)
  const level = watchLevel(redis, address.shown)
  const late = (): ChartcodeError => redisError(undefined, address.shown)
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    try {
      return await within(ANSWERS_WITHIN_MS, whenReady(redis).then(question), late)
    } catch (error) {
      throw redisError(error, address.shown)
    }
  }
  return {
    backend: 'redis',
    check: () => checkRedis(address),
    add: work =>
      addJobs(work, jobs => ask(() => level.refuseWhenFull(jobs.length).then(() => bull.addBulk(jobs)))),
    alive: workIds => ask(() => aliveInRedis(redis, prefix, workIds)),
    counts: () => ask(() => countJobs(bull)),
    level: () => ask(level.read),
    consume: async request => {
      await checkRedis(address)
      return startConsumer({ request, codeOf, open: openWorker({ address, prefix }, request.concurrency) })
    },
    close: async () => {
      const closing = bull.close().catch(() => undefined)
      // Where there is no connection, nobody answers.
      if (redis.status === 'ready') await settlesWithin(ANSWERS_WITHIN_MS / 2, closing)
      redis.disconnect()
    },
  }
}

/** BullMQ would set it once, and not at all where Redis is gone at the start; its default is 10,000. */
function keepFewEvents(redis: Redis, prefix: string): void {
  redis.on('ready', () => {
    redis.hset(`${prefix}:${QUEUE_NAME}:meta`, 'opts.maxLenEvents', EVENTS_KEPT).catch(() => undefined)
  })
}

function openWorker(
  { address, prefix }: RedisQueueSettings,
  concurrency: number,
): (processor: Processor) => OpenWorker {
  return processor => {
    const { main, disconnect } = connectWorker(address)
    const options = { connection: main, prefix, concurrency, ...UNCHECKED, ...WORKER_SETTINGS }
    return { worker: new Worker(QUEUE_NAME, processor, options), disconnect }
  }
}
