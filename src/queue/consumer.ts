/**
 * A BullMQ worker as a Consumer: jobs go to the handler by the id of their work, a rejection puts the job
 * back for a second, and closing ends in time whatever the backend does.
 *
 * `worker.close()` never resolves where Redis is gone (BullMQ #4656). So it is raced: what is still in hand
 * shortly before the limit is put back, then the connections are cut, which ends whatever BullMQ waits for.
 */
import { DelayedError, type Job, type Processor } from 'bullmq'
import { ChartcodeError } from '../model/errors.js'
import { settlesWithin } from './deadline.js'
import { limitErrors } from './error-lines.js'
import { holdJobs, type JobsInHand } from './jobs-in-hand.js'
import type { ConsumeRequest, Consumer } from './queue.js'
import { restAfterErrors, type RestingWorker } from './rest-after-errors.js'
import { GIVEN_BACK_FOR_MS, workIdOf } from './work-job.js'

export interface OpenWorker {
  /** BullMQ's Worker on any backend. */
  readonly worker: RestingWorker & {
    close(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): unknown
    on(event: 'stalled', listener: () => void): unknown
  }
  /** Cuts its connections at once. */
  readonly disconnect: () => void
}

export interface WorkerOpening {
  readonly request: ConsumeRequest
  readonly open: (processor: Processor) => OpenWorker
  readonly codeOf: (error: Error) => string
}

/** Kept of the time for closing: to put back what is in hand, and to cut the connections. */
const LAST_MS = 300

export function startConsumer({ request, open, codeOf }: WorkerOpening): Consumer {
  const jobs = holdJobs()
  const lines = limitErrors(request.onError)
  const opened = open(async (job, token) => {
    const isDone = await jobs
      .run(() => request.handler(workIdOf(job.id ?? '')))
      .then(
        () => true,
        () => false,
      )
    if (!isDone) await putBack(job, token)
    return null
  })
  const rest = restAfterErrors(opened.worker)
  opened.worker.on('error', error => {
    const code = codeOf(error)
    lines.report(code)
    if (code !== 'queue-lock') rest.begin()
  })
  opened.worker.on('stalled', () => request.onStalled?.())
  return {
    close: async hardLimitMs => {
      rest.end()
      await closeWithin(hardLimitMs, opened, jobs)
      lines.flush()
    },
  }
}

/** Ends with an error either way: that is how BullMQ is told that the job did not end. */
async function putBack(job: Job, token: string | undefined): Promise<never> {
  try {
    await job.moveToDelayed(Date.now() + GIVEN_BACK_FOR_MS, token)
  } catch {
    throw new ChartcodeError('queue-unavailable', 'a job could not be put back')
  }
  throw new DelayedError()
}

async function closeWithin(
  hardLimitMs: number,
  { worker, disconnect }: OpenWorker,
  jobs: JobsInHand,
): Promise<void> {
  const closing = worker.close()
  if (await settlesWithin(hardLimitMs - LAST_MS, closing)) return
  jobs.abandon()
  if (await settlesWithin(LAST_MS / 2, closing)) return
  disconnect()
  await settlesWithin(LAST_MS / 2, closing)
}
