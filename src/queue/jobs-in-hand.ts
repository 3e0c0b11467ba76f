/**
 * The handlers that run now, and a way to stop waiting for them: `abandon` rejects what `run` promised, while
 * the handler itself may go on. One promise a job: a race against one promise for all would keep a memory of
 * every job that ever ran.
 */
import { ChartcodeError } from '../model/errors.js'

export interface JobsInHand {
  readonly run: (handler: () => Promise<void>) => Promise<void>
  /** Rejects all of them, and whatever is to be run from now on. */
  readonly abandon: () => void
}

export function holdJobs(): JobsInHand {
  const running = new Set<(reason: Error) => void>()
  let isAbandoned = false
  const closed = (): ChartcodeError => new ChartcodeError('queue-unavailable', 'the consumer is closed')
  return {
    run: async handler => {
      if (isAbandoned) throw closed()
      const { promise, settle } = abandonable(handler())
      running.add(settle)
      await promise.finally(() => running.delete(settle))
    },
    abandon: () => {
      isAbandoned = true
      for (const reject of running) reject(closed())
    },
  }
}

function abandonable(work: Promise<void>): {
  readonly promise: Promise<void>
  readonly settle: (reason: Error) => void
} {
  let settle: (reason: Error) => void = () => undefined
  const promise = new Promise<void>((resolve, reject) => {
    settle = reject
    work.then(resolve, reject)
  })
  return { promise, settle }
}
