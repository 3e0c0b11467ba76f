/**
 * Errors of a worker, one call a second and code: a full disk behind Redis made 1,600 of them in seconds.
 * What comes in between is counted and told with the next one, or when the worker is closed.
 */
import type { ConsumeRequest } from './queue.js'

const ONE_SECOND = 1_000

export interface ErrorLines {
  readonly report: (code: string) => void
  /** Tells what was counted and not told. */
  readonly flush: () => void
}

export function limitErrors(onError: ConsumeRequest['onError'], now: () => number = Date.now): ErrorLines {
  const untold = new Map<string, number>()
  const toldAt = new Map<string, number>()
  const tell = (code: string): void => {
    const times = untold.get(code) ?? 0
    untold.delete(code)
    toldAt.set(code, now())
    if (times > 0) onError(code, times)
  }
  return {
    report: code => {
      untold.set(code, (untold.get(code) ?? 0) + 1)
      if (now() - (toldAt.get(code) ?? -Infinity) >= ONE_SECOND) tell(code)
    },
    flush: () => {
      for (const code of [...untold.keys()]) tell(code)
    },
  }
}
