/**
 * Before and after the acceptance of work. The store keeps what is accepted and the queue is only a hint, so the
 * queue is asked one thing before: whether it is nearly full. A queue that does not answer keeps nothing out:
 * what was accepted waits in the store, and the workers put it into the queue when it is back.
 */
import { ChartcodeError, type ErrorCode } from '../../model/errors.js'
import { within } from '../../queue/deadline.js'
import { isFull, type Queue } from '../../queue/queue.js'
import { dispatch, type DispatchParts } from './dispatch.js'

export interface IntakeGate {
  /** Throws `queue-full`, and nothing else; answers soon. */
  readonly admit: () => Promise<void>
}

/** A level is good for so long, also where there was none to be had: fifty requests a second ask once. */
const KNOWN_FOR_MS = 500
/** Of the 2.5 s in which a caller has an answer, most is for the store. */
const ASKED_FOR_MS = 300

export function createIntakeGate(
  queue: Pick<Queue, 'level'>,
  now: () => number = () => performance.now(),
): IntakeGate {
  let known = { isFull: false, at: -Infinity }
  let asking: Promise<void> | null = null
  const ask = async (): Promise<void> => {
    const full = await queue.level().then(isFull, () => false)
    known = { isFull: full, at: now() }
    asking = null
  }
  return {
    admit: async () => {
      if (now() - known.at >= KNOWN_FOR_MS) {
        asking ??= ask()
        await within(ASKED_FOR_MS, asking, silent).catch(() => undefined)
      }
      if (known.isFull)
        throw new ChartcodeError(
          'queue-full',
          'the queue is nearly full: nothing was accepted, send it again',
        )
    },
  }
}

/** Into the queue with what was accepted; answers why not where that failed, for then the workers will do it. */
export async function handOver(parts: DispatchParts): Promise<ErrorCode | null> {
  try {
    await dispatch(parts)
    return null
  } catch (error) {
    if (error instanceof ChartcodeError) return error.code
    throw error
  }
}

function silent(): ChartcodeError {
  return new ChartcodeError('queue-unavailable', 'the queue is silent')
}
