/**
 * How full Redis is, and the refusal of new work where it is nearly full. A full Redis cannot even finish
 * what it has, because moving a job needs memory: 0 of 6,796 queued jobs could be processed. So the last
 * quarter is kept for the work that was accepted.
 */
import type { Redis } from 'ioredis'
import { ChartcodeError } from '../../model/errors.js'
import { FULL_LEVEL, type QueueLevel } from '../queue.js'
import { readInfo } from './info.js'

/** Half a second of the fastest producer is some 10,000 jobs or 5 MB. */
const KNOWN_FOR_MS = 500

export interface MemoryLevel {
  readonly read: () => Promise<QueueLevel>
  /** Throws `queue-full`; asks Redis twice a second at most. */
  readonly refuseWhenFull: () => Promise<void>
}

export function watchLevel(redis: Redis, shown: string): MemoryLevel {
  let known: { readonly level: QueueLevel; readonly at: number } | null = null
  const read = async (): Promise<QueueLevel> => {
    const info = readInfo(await redis.info('memory'))
    const limit = Number(info.get('maxmemory') ?? 0)
    const level = { used: Number(info.get('used_memory') ?? 0), limit: limit === 0 ? null : limit }
    known = { level, at: Date.now() }
    return level
  }
  return {
    read,
    refuseWhenFull: async () => {
      const level = known !== null && Date.now() - known.at < KNOWN_FOR_MS ? known.level : await read()
      if (isFull(level))
        throw new ChartcodeError('queue-full', `Redis at ${shown} is nearly full: nothing was accepted`)
    },
  }
}

export function isFull({ used, limit }: QueueLevel): boolean {
  return limit !== null && used >= limit * FULL_LEVEL
}
