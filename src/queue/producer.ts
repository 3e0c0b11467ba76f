/** Adding and counting, alike on every backend: through BullMQ's Queue. */
import type { Queue as BullQueue } from 'bullmq'
import type { QueueCounts, QueuedWork } from './queue.js'
import { jobOf, JOBS_AT_ONCE } from './work-job.js'

/** A stretch at a time, each as one question to the backend; ends at the first that fails. */
export async function addJobs(
  bull: BullQueue,
  work: readonly QueuedWork[],
  ask: (add: () => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < work.length; start += JOBS_AT_ONCE) {
    const jobs = work.slice(start, start + JOBS_AT_ONCE).map(jobOf)
    await ask(() => bull.addBulk(jobs))
  }
}

export async function countJobs(bull: BullQueue): Promise<QueueCounts> {
  const counts = await bull.getJobCounts('wait', 'prioritized', 'active', 'delayed')
  const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = counts
  return { waiting: wait + prioritized, active, delayed }
}
