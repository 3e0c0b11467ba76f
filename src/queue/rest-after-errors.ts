/**
 * A worker that rests for half a second after an error of its backend. BullMQ waits where a connection is
 * lost, but asks again at once where Redis answers with an error: 1,700 times a second while the memory or
 * the disk is full. Jobs in hand go on, and their locks are renewed.
 */
const REST_MS = 500

export interface RestingWorker {
  isPaused(): boolean
  pause(doNotWaitForJobs: boolean): Promise<void>
  resume(): Promise<void>
}

export interface Rest {
  readonly begin: () => void
  /** No more rests: the worker is being closed. */
  readonly end: () => void
}

export function restAfterErrors(worker: RestingWorker): Rest {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  return {
    begin: () => {
      if (isOver || worker.isPaused()) return
      worker.pause(true).catch(() => undefined)
      timer = setTimeout(() => {
        worker.resume().catch(() => undefined)
      }, REST_MS)
    },
    end: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}
