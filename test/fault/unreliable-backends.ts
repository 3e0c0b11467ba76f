/** Store and queue that fail at RELIABILITY R13's rates, with the patience of a worker around the store. */
import { createRetryingStore } from '../../src/store/retrying-store.js'
import type { Backends } from '../../src/app/backends.js'
import type { Random } from './random.js'
import { FIVE_PERCENT, unreliable, type FailureKind } from './unreliable-port.js'

export type FailureCounts = Readonly<Record<FailureKind, number>>

export interface CountedFailures {
  readonly count: (method: string, kind: FailureKind) => void
  readonly counts: () => FailureCounts
}

export function countFailures(): CountedFailures {
  const counts = { refused: 0, 'reply lost': 0, timeout: 0 }
  return { count: (_, kind) => void (counts[kind] += 1), counts: () => counts }
}

/** As long as `chartcode worker` waits for its store. */
const PATIENCE_MS = 30_000

export function unreliableBackends(
  { store, queue }: Pick<Backends, 'store' | 'queue'>,
  random: Random,
  onFailure: CountedFailures['count'],
): Pick<Backends, 'store' | 'queue'> {
  const request = { rates: FIVE_PERCENT, onFailure }
  return {
    store: createRetryingStore(
      unreliable(store, { ...request, code: 'store-unavailable', random: random.fork() }),
      { totalMs: PATIENCE_MS },
    ),
    queue: unreliable(queue, { ...request, code: 'queue-unavailable', random: random.fork() }),
  }
}
