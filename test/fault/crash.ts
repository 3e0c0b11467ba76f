/**
 * A process that kills itself at a named point: for programs that report their steps through an
 * `onStep(step)` callback. SIGKILL, because nothing may run after it: no `finally`, no flush, no exit hook.
 */
export type OnStep = (step: string) => void

/** Dies at the n-th time (from 1) that this step is reached. */
export function crashAt(step: string, n = 1): OnStep {
  let reached = 0
  return current => {
    if (current !== step) return
    reached++
    if (reached === n) process.kill(process.pid, 'SIGKILL')
  }
}

/** The crash point of an environment: `CRASH_AT=after-write` or `CRASH_AT=after-write:3`; none does nothing. */
export function crashFromEnvironment(environment: NodeJS.ProcessEnv): OnStep {
  const { CRASH_AT: point } = environment
  if (point === undefined || point === '') return () => {}
  const [step = '', n = '1'] = point.split(':')
  if (!/^[1-9]\d*$/.test(n)) throw new RangeError('CRASH_AT is a step, or a step and a number from 1: step:3')
  return crashAt(step, Number(n))
}
