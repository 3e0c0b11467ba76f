/**
 * How full Redis is, and the refusal of new work where it is nearly full. A full Redis cannot even finish
 * what it has, because moving a job needs memory: 0 of 6,796 queued jobs could be processed. So the last
 * quarter is kept for the work that was accepted.
 */
import type { Redis } from 'ioredis'
import { ChartcodeError } from '../../model/errors.js'
import { isFull, type QueueLevel } from '../queue.js'
import { readInfo } from './server-facts.js'

/** A job takes 410 bytes, and its moves leave some in the allocator. */
const BYTES_A_JOB = 600
const KNOWN_FOR_MS = 500

export interface MemoryLevel {
  readonly read: () => Promise<QueueLevel>
  /**
   * Throws `queue-full`. Asks Redis twice a second at most while there is room, and before each addition
   * where what was added since could have filled it: 8,000 jobs go in between two looks.
   */
  readonly refuseWhenFull: (jobs: number) => Promise<void>
}

export function watchLevel(redis: Redis, shown: string): MemoryLevel {
  let known: QueueLevel | null = null
  let readAt = 0
  let added = 0
  const read = async (): Promise<QueueLevel> => {
    const info = readInfo(await redis.info('memory'))
    const limit = Number(info.get('maxmemory') ?? 0)
    known = { used: Number(info.get('used_memory') ?? 0), limit: limit === 0 ? null : limit }
    readAt = Date.now()
    added = 0
    return known
  }
  const isKnownToHaveRoom = (jobs: number): boolean => {
    if (known === null || Date.now() - readAt >= KNOWN_FOR_MS) return false
    return !isFull({ ...known, used: known.used + (added + jobs) * BYTES_A_JOB })
  }
  return {
    read,
    refuseWhenFull: async jobs => {
      if (!isKnownToHaveRoom(jobs) && isFull(await read()))
        throw new ChartcodeError('queue-full', `Redis at ${shown} is nearly full: nothing was accepted`)
      added += jobs
    },
  }
}
