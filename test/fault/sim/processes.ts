/** Processes of the simulation that are started again when they die, each life an actor of its own. */
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Actor } from './scheduler.js'
import type { World } from './world.js'

export interface SimulatedProcess {
  readonly current: () => Actor
  /** Dies now; is started again in a while. */
  readonly kill: () => void
  /** Is asked to end, and given a moment for it. */
  readonly stop: () => void
}

/** Time to end that is asked for; notes take up to 800 ms. */
const GRACE_MS = 1_500

export function keepRunning(
  world: World,
  name: string,
  main: (actor: Actor, kill: () => void) => Promise<void>,
): SimulatedProcess {
  const { scheduler, random } = world
  const init = scheduler.actor(`init of ${name}`)
  let life = 0
  let current: Actor
  const kill = (): void => {
    if (current.isDead) return
    current.isDead = true
    void scheduler.sleep(init, random.between(100, 3_000), 'starts it again').then(start)
  }
  const stop = (): void => {
    current.isStopping = true
    void scheduler.sleep(init, GRACE_MS, 'ends its patience').then(() => {
      if (current.isStopping) kill()
    })
  }
  const start = (): Actor => {
    current = scheduler.actor(`${name}.${++life}`)
    runActor(world, current, main(current, kill))
    return current
  }
  current = start()
  return { current: () => current, kill, stop }
}

/** An actor that ends with an error has a mistake in it; every error of the ports is its own to deal with. */
export function runActor(world: World, actor: Actor, main: Promise<void>): void {
  main.catch((error: unknown) => {
    world.ledger.violate(`${actor.name} ended with ${error instanceof Error ? error.message : 'no error'}`)
  })
}

/** True where the port said that it does not answer; anything else is thrown on. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof ChartcodeError && /^(store|queue)-unavailable$/.test(error.code)) return true
  throw error
}
