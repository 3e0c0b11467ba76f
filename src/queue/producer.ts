/** Adding and counting, alike on every backend: through BullMQ's Queue. */
import type { Queue as BullQueue } from 'bullmq'
import type { QueueCounts, QueuedWork } from './queue.js'
import { jobOf, JOBS_AT_ONCE, type WorkJob } from './work-job.js'

/** BullMQ's Queue on any backend. */
export type Producer = Pick<BullQueue, 'addBulk' | 'getJobCounts' | 'close'>

/** A stretch at a time; ends at the first that fails. */
export async function addJobs(
  work: readonly QueuedWork[],
  add: (jobs: WorkJob[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < work.length; start += JOBS_AT_ONCE)
    await add(work.slice(start, start + JOBS_AT_ONCE).map(jobOf))
}

export async function countJobs(bull: Producer): Promise<QueueCounts> {
  const counts = await bull.getJobCounts('wait', 'prioritized', 'active', 'delayed')
  const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = counts
  return { waiting: wait + prioritized, active, delayed }
}
