/**
 * A store that asks again while the database does not answer, for workers: every method of the port may be
 * repeated. Waits 50 ms, then twice as long each time up to a second; when the total would be longer than
 * allowed, the last error is thrown. `ping` and `close` answer at once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartcodeError } from '../model/errors.js'
import type { Store } from './store.js'

export interface RetryOptions {
  readonly totalMs: number
  /** Called with the number of the try that failed; for the metrics. */
  readonly onRetry?: (attempt: number) => void
  /** Of a simulation; absent: that of this machine. */
  readonly clock?: Clock
}

interface Clock {
  /** Milliseconds from any moment on. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

const MACHINE_CLOCK: Clock = { now: () => performance.now(), sleep }

const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 1000
const ONCE: readonly string[] = ['ping', 'close']

type Method = (...values: readonly unknown[]) => Promise<unknown>

export function createRetryingStore(store: Store, options: RetryOptions): Store {
  const members = Object.entries(store).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || ONCE.includes(name)) return [name, member]
    const method = member as Method
    return [name, (...values: readonly unknown[]) => repeat(() => method(...values), options)]
  })
  return Object.fromEntries(members) as Store
}

async function repeat<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { totalMs, onRetry, clock = MACHINE_CLOCK } = options
  const end = clock.now() + totalMs
  for (let attempt = 1, wait = FIRST_WAIT_MS; ; attempt++, wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await call()
    } catch (error) {
      const isPassing = error instanceof ChartcodeError && error.code === 'store-unavailable'
      if (!isPassing || clock.now() + wait > end) throw error
      onRetry?.(attempt)
    }
    await clock.sleep(wait)
  }
}
