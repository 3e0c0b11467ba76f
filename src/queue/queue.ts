/**
 * The port of the queue: BullMQ on Redis, on PostgreSQL, or on embedded PGlite behind it; `test/queue` runs
 * one suite on all three. A job is the id of a work item and its priority, never more. The queue is a hint:
 * it may lose every job or give one out twice, and nothing is lost or done twice, for the store knows.
 *
 * Every method answers within seconds or throws `queue-unavailable`, `queue-refused` or `queue-full`.
 */
export interface QueuedWork {
  readonly workId: string
  /** 1 comes first. */
  readonly priority: number
}

/** Jobs by state. */
export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  readonly delayed: number
}

/** How full the queue's memory is; null where it has no limit. */
export interface QueueLevel {
  readonly used: number
  readonly limit: number | null
}

/** Ends when the work is committed or given back. A rejection gives the job back to the queue. */
export type WorkHandler = (workId: string) => Promise<void>

export interface Consumer {
  /** Takes no further job; resolves when those in hand have ended, or at the hard limit, whatever the queue does. */
  readonly close: (hardLimitMs: number) => Promise<void>
}

export interface ConsumeRequest {
  readonly concurrency: number
  readonly handler: WorkHandler
  /**
   * Codes and counts, never content; called once a second and code at most, `times` is how often it happened
   * since the call before. `queue-unavailable`, `queue-refused`, `queue-full`, or `queue-lock`: a job ended
   * after its lock was lost, so that another worker may have it too.
   */
  readonly onError: (code: string, times: number) => void
  /** A job whose worker was lost is given out again; for the metrics. */
  readonly onStalled?: () => void
}

export interface Queue {
  readonly backend: 'redis' | 'postgres' | 'pglite'
  /** Throws `queue-refused` for a policy other than `noeviction` or a version that is too old. */
  readonly check: () => Promise<void>
  /** A job that is there already stays as it is. */
  readonly add: (work: readonly QueuedWork[]) => Promise<void>
  /** Those of the ids that have a job: waiting, delayed or active. */
  readonly alive: (workIds: readonly string[]) => Promise<ReadonlySet<string>>
  readonly counts: () => Promise<QueueCounts>
  readonly level: () => Promise<QueueLevel>
  readonly consume: (request: ConsumeRequest) => Promise<Consumer>
  /** Within two seconds, also where the queue is gone. */
  readonly close: () => Promise<void>
}

/** The share of its memory from which on the queue takes no new work; what it has can be finished. */
export const FULL_LEVEL = 0.75

export function isFull({ used, limit }: QueueLevel): boolean {
  return limit !== null && used >= limit * FULL_LEVEL
}
