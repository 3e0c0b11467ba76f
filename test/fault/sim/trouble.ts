/** The nemesis of the simulation: every now and then one of the troubles of the plan, until it is calm. */
import type { SimulatedProcess } from './processes.js'
import type { Actor } from './scheduler.js'
import type { Trouble } from './plan.js'
import type { World } from './world.js'

export interface Victims {
  readonly producers: readonly Actor[]
  readonly workers: readonly SimulatedProcess[]
  readonly dispatchers: readonly SimulatedProcess[]
}

export async function makeTrouble(world: World, victims: Victims): Promise<void> {
  const { scheduler, random, plan } = world
  const actor = scheduler.actor('nemesis')
  while (plan.troubles.length > 0 && !world.isCalm()) {
    const trouble = random.pick(plan.troubles)
    await scheduler.sleep(actor, random.between(100, 4_000), trouble)
    if (!world.isCalm()) strike(world, victims, trouble)
  }
}

function strike(world: World, victims: Victims, trouble: Trouble): void {
  const { random, jobs, outage, scheduler } = world
  const { workers, dispatchers, producers } = victims
  const soon = (): number => scheduler.now() + random.between(500, 8_000)
  const strikes: Readonly<Record<Trouble, () => void>> = {
    'kill-worker': () => {
      random.pick(workers).kill()
    },
    'freeze-worker': () => void (random.pick(workers).current().frozenUntil = soon()),
    'stop-worker': () => {
      random.pick(workers).stop()
    },
    'kill-dispatcher': () => {
      random.pick(dispatchers).kill()
    },
    'freeze-dispatcher': () => void (random.pick(dispatchers).current().frozenUntil = soon()),
    'kill-producer': () => void (random.pick(producers).isDead = true),
    'lose-jobs': () => {
      jobs.lose(0.5)
    },
    'lose-all-jobs': () => {
      jobs.lose(1)
    },
    'duplicate-job': () => {
      jobs.duplicate()
    },
    'store-outage': () => void (outage.store = soon()),
    'queue-outage': () => void (outage.queue = soon()),
  }
  strikes[trouble]()
}
