/**
 * Time and order of a simulation. Actors wait for their turn or sleep; at each step the seed decides which of
 * those that could go on goes on. When all sleep, the clock jumps. No real time passes, and nothing but the
 * seed decides, so a schedule can be seen again step by step.
 */
import { setImmediate as turnOfEventLoop } from 'node:timers/promises'
import type { Random } from '../random.js'

/** Whoever acts: a producer, a worker, a dispatcher. A dead one never has a turn again. */
export interface Actor {
  readonly name: string
  isDead: boolean
  /** Was asked to end: takes nothing new, gives back what it has in hand. */
  isStopping: boolean
  /** Stopped until then, as by SIGSTOP or a laptop that sleeps; it does not know. */
  frozenUntil: number
}

export interface Scheduler {
  readonly now: () => number
  readonly actor: (name: string) => Actor
  readonly turn: (actor: Actor, what: string) => Promise<void>
  readonly sleep: (actor: Actor, milliseconds: number, what: string) => Promise<void>
  readonly run: (request: RunRequest) => Promise<void>
  readonly steps: () => number
  /** What happened, a line a step. */
  readonly trace: readonly string[]
}

export interface RunRequest {
  /** Milliseconds of simulated time. */
  readonly until: number
  /** After each step, at no cost of time; false ends the run. */
  readonly goesOn: () => Promise<boolean>
}

interface Waiter {
  readonly actor: Actor
  readonly due: number
  readonly what: string
  readonly resume: () => void
}

/** Milliseconds that a step takes at most: calls overlap, and some are slower than others. */
const STEP_MS = 8

export function createScheduler(random: Random): Scheduler {
  let waiters: Waiter[] = []
  let [now, steps] = [0, 0]
  const trace: string[] = []
  const wait = (actor: Actor, due: number, what: string): Promise<void> =>
    new Promise(resume => {
      if (!actor.isDead) waiters.push({ actor, due, what, resume })
    })
  const step = (): void => {
    const ready = waiters.filter(waiter => readyAt(waiter) <= now)
    const chosen = random.pick(ready)
    waiters = waiters.filter(waiter => waiter !== chosen)
    now += random.between(0, STEP_MS)
    steps++
    trace.push(`${now} ms ${chosen.actor.name}: ${chosen.what}`)
    chosen.resume()
  }
  return {
    now: () => now,
    actor: name => ({ name, isDead: false, isStopping: false, frozenUntil: 0 }),
    turn: (actor, what) => wait(actor, now, what),
    sleep: (actor, milliseconds, what) => wait(actor, now + milliseconds, what),
    run: async ({ until, goesOn }) => {
      for (;;) {
        // All that follows from the last step has happened when the event loop has turned.
        await turnOfEventLoop()
        if (!(await goesOn())) return
        waiters = waiters.filter(waiter => !waiter.actor.isDead)
        now = Math.max(now, Math.min(...waiters.map(readyAt)))
        if (now > until) return
        step()
      }
    },
    steps: () => steps,
    trace,
  }
}

function readyAt({ actor, due }: Waiter): number {
  return Math.max(due, actor.frozenUntil)
}
