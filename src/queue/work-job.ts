/**
 * Work as a BullMQ job, and the settings of those who take it; the same on every backend.
 *
 * A job carries nothing but its id. It is removed when it ends, well or badly, because the store knows what
 * became of the work and finished jobs would fill the memory. Attempts are counted in the store as well: to
 * BullMQ every job has one, and a rejected handler puts it back without using that one up.
 *
 * What can be said once, of the worker, is not said of every job: Redis packs a hash whose values are all of
 * 64 bytes or less, and a job's options are one such value. So a job takes 410 bytes, else 870.
 */
import type { BulkJobOptions, WorkerOptions } from 'bullmq'
import type { QueuedWork } from './queue.js'

export const QUEUE_NAME = 'work'

/** Jobs that are added in one round trip: half a megabyte of script arguments, a few milliseconds of Redis. */
export const JOBS_AT_ONCE = 500

/** The stream of events is read by nobody; BullMQ always writes it. */
export const EVENTS_KEPT = 100

/** A rejected handler has most often lost its database: soon enough to go on, slow enough not to spin. */
export const GIVEN_BACK_FOR_MS = 1_000

/**
 * A job whose worker was killed is given out again in less than 8 s, where BullMQ's defaults take 56 s.
 * Locks this short need an event loop that is never blocked: the engine runs in worker threads.
 */
export const WORKER_SETTINGS = {
  lockDuration: 5_000,
  /** Twice this comes on top: a job is marked by one look and given out by the next, and with 2 s it was 8.02 s. */
  stalledInterval: 1_000,
  /** The store counts attempts and decides; this only ends what would go round for ever. */
  maxStalledCount: 5,
  /** After a lost connection; BullMQ's default of 15 s would outlast the outage. */
  runRetryDelay: 500,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const satisfies Partial<WorkerOptions>

const JOB_ID_PREFIX = 'w-'

export interface WorkJob {
  readonly name: string
  readonly data: Readonly<Record<string, never>>
  readonly opts: BulkJobOptions
}

export function jobOf({ workId, priority }: QueuedWork): WorkJob {
  return { name: QUEUE_NAME, data: {}, opts: { jobId: jobIdOf(workId), priority } }
}

/** BullMQ refuses ids of digits only. */
export function jobIdOf(workId: string): string {
  return JOB_ID_PREFIX + workId
}

export function workIdOf(jobId: string): string {
  return jobId.slice(JOB_ID_PREFIX.length)
}
