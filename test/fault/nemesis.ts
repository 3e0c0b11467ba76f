/**
 * The one that breaks things: a schedule drawn from a seed, and the operations that carry it out. What is
 * killed or cut when is known before the trial begins, so a trial that failed can be run again with the
 * same seed. Targets are numbers (the third worker), because pids differ from run to run.
 */
import { createRandom, type Random } from './random.js'

export interface Strike<Op extends string = string> {
  /** Milliseconds after the start. */
  readonly at: number
  readonly op: Op
  /** 0-based; which of the things that the operation may be done to. */
  readonly target: number
}

export interface StrikePlan<Op extends string = string> {
  readonly op: Op
  readonly times: number
  /** How many targets there are; one where it is not given. */
  readonly targets?: number
  /** The operation that undoes it, and how long after it: `stop` → `continue`. */
  readonly undo?: { readonly op: Op; readonly afterMs: number }
}

export interface ScheduleRequest<Op extends string = string> {
  readonly seed: number
  readonly fromMs: number
  readonly untilMs: number
  readonly plans: readonly StrikePlan<Op>[]
}

/** By time; what falls on the same millisecond stays in the order of the plans. */
export function drawSchedule<Op extends string>(request: ScheduleRequest<Op>): Strike<Op>[] {
  const random = createRandom(request.seed)
  // Each plan draws from a generator of its own: one plan more leaves the others where they were.
  const strikes = request.plans.flatMap(plan => drawStrikes(plan, request, random.fork()))
  return strikes.sort((one, other) => one.at - other.at)
}

function drawStrikes<Op extends string>(
  { op, times, targets = 1, undo }: StrikePlan<Op>,
  { fromMs, untilMs }: ScheduleRequest<Op>,
  random: Random,
): Strike<Op>[] {
  return Array.from({ length: times }, () => {
    const at = random.between(fromMs, untilMs)
    const target = random.below(targets)
    const strike = { at, op, target }
    return undo === undefined ? [strike] : [strike, { at: at + undo.afterMs, op: undo.op, target }]
  }).flat()
}

export type Operations<Op extends string> = Readonly<Record<Op, (target: number) => Promise<void> | void>>

export interface StrikeDone<Op extends string = string> extends Strike<Op> {
  /** When it was done; later than `at` where an operation before it took its time. */
  readonly doneAt: number
  readonly failed: boolean
}

export interface Nemesis<Op extends string> {
  /** Resolves when the schedule is over or was stopped. */
  readonly over: Promise<readonly StrikeDone<Op>[]>
  /** No further strike; what is under way ends. */
  readonly stop: () => Promise<readonly StrikeDone<Op>[]>
}

/** One operation after the other. One that throws is told and recorded: the target may just be dead. */
export function startNemesis<Op extends string>(
  schedule: readonly Strike<Op>[],
  operations: Operations<Op>,
  tell: (line: string) => void = () => {},
): Nemesis<Op> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  const stopping = new AbortController()
  const strikeAll = async (): Promise<readonly StrikeDone<Op>[]> => {
    const done: StrikeDone<Op>[] = []
    for (const strike of schedule) {
      await pause(strike.at - elapsed(), stopping.signal)
      if (stopping.signal.aborted) break
      tell(`${(strike.at / 1_000).toFixed(1)} s: ${strike.op} ${strike.target}`)
      const failed = await carryOut(operations[strike.op], strike.target)
      if (failed) tell(`${strike.op} ${strike.target} could not be done`)
      done.push({ ...strike, doneAt: elapsed(), failed })
    }
    return done
  }
  const over = strikeAll()
  return {
    over,
    stop: () => {
      stopping.abort()
      return over
    },
  }
}

async function carryOut(
  operation: (target: number) => Promise<void> | void,
  target: number,
): Promise<boolean> {
  try {
    await operation(target)
    return false
  } catch {
    return true
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}

/** What to type to see it again. */
export function replayCommand(id: string, seed: number, isFull = false): string {
  return `npm run fault -- ${id} --seed ${seed}${isFull ? ' --full' : ''}`
}
