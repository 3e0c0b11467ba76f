/**
 * Lets one through at a time, in the order they came: the embedded database has a single connection, and a
 * transaction must have it to itself until its end.
 */
export interface Turnstile {
  /** Resolves when it is the caller's turn; the answer ends the turn, and may be called twice. */
  readonly enter: () => Promise<() => void>
}

export function createTurnstile(): Turnstile {
  let last: Promise<void> = Promise.resolve()
  return {
    enter: async () => {
      const before = last
      let leave: () => void = () => undefined
      last = new Promise(resolve => {
        leave = resolve
      })
      await before
      return leave
    },
  }
}
