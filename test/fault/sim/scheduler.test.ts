/** The scheduler: whose turn it is, and what the clock says. */
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.js'
import { createScheduler, type Actor, type Scheduler } from './scheduler.js'

const forever = async (): Promise<boolean> => true

async function count(scheduler: Scheduler, actor: Actor, log: string[], to: number): Promise<void> {
  for (let at = 0; at < to; at++) {
    await scheduler.turn(actor, 'counts')
    log.push(`${actor.name}${at}`)
  }
}

describe('the scheduler', () => {
  it('interleaves actors, each in its own order, another way for another seed', async () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 20; seed++) {
      const scheduler = createScheduler(createRandom(seed))
      const log: string[] = []
      for (const name of ['a', 'b']) void count(scheduler, scheduler.actor(name), log, 3)
      await scheduler.run({ until: 1_000, goesOn: forever })
      expect(log.filter(line => line.startsWith('a'))).toEqual(['a0', 'a1', 'a2'])
      expect(log).toHaveLength(6)
      orders.add(log.join())
    }
    // 20 orders are possible.
    expect(orders.size).toBeGreaterThan(8)
  })

  it('jumps to the next that sleeps, and ends in time', async () => {
    const scheduler = createScheduler(createRandom(1))
    const actor = scheduler.actor('a')
    const woken: number[] = []
    void (async () => {
      for (;;) {
        await scheduler.sleep(actor, 10_000, 'sleeps')
        woken.push(scheduler.now())
      }
    })()
    await scheduler.run({ until: 35_000, goesOn: forever })
    expect(woken.map(time => Math.floor(time / 1_000))).toEqual([10, 20, 30])
  })

  it('gives the dead no turn, and the frozen one when they thaw', async () => {
    const scheduler = createScheduler(createRandom(1))
    const [dead, frozen] = [scheduler.actor('dead'), scheduler.actor('frozen')]
    const log: string[] = []
    void count(scheduler, dead, log, 3)
    void count(scheduler, frozen, log, 2)
    dead.isDead = true
    frozen.frozenUntil = 500
    await scheduler.run({ until: 1_000, goesOn: forever })
    expect(log).toEqual(['frozen0', 'frozen1'])
    expect(scheduler.trace[0]).toMatch(/^5\d\d ms frozen: counts$/)
  })
})
