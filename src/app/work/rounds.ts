/** Something done again and again until it is stopped: one round after the other, never two at once. */
export interface Rounds {
  /** Does the next round now. */
  readonly soon: () => void
  /** Resolves when the round under way has ended. */
  readonly stop: () => Promise<void>
}

export interface RoundsRequest {
  readonly everyMs: number
  readonly round: () => Promise<void>
  /** A round that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void
}

export function startRounds({ everyMs, round, onError }: RoundsRequest): Rounds {
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> | undefined
  let isStopped = false
  const run = (): void => {
    if (isStopped || underWay !== undefined) return
    clearTimeout(timer)
    underWay = round()
      .catch(onError)
      .finally(() => {
        underWay = undefined
        if (!isStopped) timer = setTimeout(run, everyMs)
      })
  }
  run()
  return {
    soon: run,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
