/**
 * Which of the ids have a job, in one round trip and as of one moment: members of the sets and lists of
 * BullMQ 6 where a job can wait or be worked on. A job's hash alone is no proof that somebody will take it.
 * `wait` and `active` are short: prioritized jobs are in a sorted set, stalled ones alone come to `wait`.
 */
import type { Redis } from 'ioredis'
import { ChartcodeError } from '../../model/errors.js'
import { jobIdOf, QUEUE_NAME } from '../work-job.js'

export async function aliveInRedis(
  redis: Redis,
  prefix: string,
  workIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (workIds.length === 0) return new Set()
  const jobIds = workIds.map(jobIdOf)
  const key = (name: string): string => `${prefix}:${QUEUE_NAME}:${name}`
  const replies = await redis
    .multi()
    .zmscore(key('prioritized'), ...jobIds)
    .zmscore(key('delayed'), ...jobIds)
    .lrange(key('wait'), 0, -1)
    .lrange(key('active'), 0, -1)
    .exec()
  const [prioritized, delayed, wait, active] = (replies ?? []).map(([error, reply]) => {
    if (error !== null) throw error
    return reply as readonly (string | null)[]
  })
  if (!prioritized || !delayed || !wait || !active)
    throw new ChartcodeError('queue-unavailable', 'Redis did not answer what was asked')
  const listed = new Set([...wait, ...active])
  return new Set(
    workIds.filter(
      (_, at) => prioritized[at] != null || delayed[at] != null || listed.has(jobIds[at] as string),
    ),
  )
}
