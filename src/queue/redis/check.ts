/**
 * Is this a Redis that a queue can live on? A connection of its own is made for it, because only a first
 * connection says clearly why it fails. BullMQ needs 6.2; any policy but `noeviction` throws away queued
 * work: with `allkeys-lru` 5,339 of 12,000 jobs were lost without a word.
 */
import { ChartcodeError } from '../../model/errors.js'
import { within } from '../deadline.js'
import type { RedisAddress } from './address.js'
import { connectOnce } from './connections.js'
import { redisError } from './errors.js'
import { readInfo } from './server-facts.js'

const OLDEST = [6, 2] as const
/** A process that cannot start has said so after three seconds, and it takes one to start. */
const CHECKED_WITHIN_MS = 1_500

export async function checkRedis(address: RedisAddress): Promise<void> {
  const redis = connectOnce(address)
  let firstError: unknown
  redis.once('error', error => {
    firstError = error
  })
  const late = (): ChartcodeError => redisError(undefined, address.shown)
  try {
    const asked = redis.connect().then(() => redis.info())
    const info = await within(CHECKED_WITHIN_MS, asked, late)
    judgeInfo(readInfo(info), address.shown)
  } catch (error) {
    throw redisError(firstError ?? error, address.shown)
  } finally {
    redis.disconnect()
  }
}

export function judgeInfo(info: ReadonlyMap<string, string>, shown: string): void {
  const version = info.get('redis_version') ?? 'unknown'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (!(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])))
    throw new ChartcodeError(
      'queue-refused',
      `Redis at ${shown} is version ${version}; 6.2 or newer is needed`,
    )
  const policy = info.get('maxmemory_policy') ?? 'unknown'
  if (policy !== 'noeviction')
    throw new ChartcodeError(
      'queue-refused',
      `Redis at ${shown} has maxmemory-policy ${policy}, which throws queued work away; set noeviction`,
    )
}
