/** The simulated queue: who has a job when, and what becomes of it when its worker is gone. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../random.js'
import type { Actor } from './scheduler.js'
import { createSimulatedQueue, type SimulatedQueue } from './simulated-queue.js'

let now = 0
let queue: SimulatedQueue
let given: string[]

const actor = (name: string): Actor => ({ name, isDead: false, isStopping: false, frozenUntil: 0 })
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  now = 0
  given = []
  queue = createSimulatedQueue(() => now, createRandom(1))
})

async function consumer(
  name: string,
  concurrency: number,
  end: 'never' | 'done' | 'refused',
): Promise<Actor> {
  const who = actor(name)
  const handler = async (workId: string): Promise<void> => {
    given.push(`${workId} to ${name}`)
    if (end === 'never') await new Promise(() => {})
    if (end === 'refused') throw new TypeError('given back')
  }
  await queue.clientOf(who).consume({ concurrency, handler, onError: () => {} })
  return who
}

describe('the simulated queue', () => {
  it('gives out by priority, no more than a worker can take, and keeps one job for a work item', async () => {
    const client = queue.clientOf(actor('producer'))
    await client.add([
      { workId: 'bulk', priority: 3 },
      { workId: 'stat', priority: 1 },
      { workId: 'routine', priority: 2 },
    ])
    await client.add([{ workId: 'stat', priority: 1 }])
    await consumer('w', 2, 'never')
    queue.tend()
    expect(given).toEqual(['stat to w', 'routine to w'])
    expect(await client.counts()).toEqual({ waiting: 1, active: 2, delayed: 0 })
    expect(await client.alive(['stat', 'bulk', 'other'])).toEqual(new Set(['stat', 'bulk']))
  })

  it('keeps a job for a worker that lives, and gives that of a dead or frozen one to another', async () => {
    await queue.clientOf(actor('p')).add([{ workId: 'x', priority: 1 }])
    const first = await consumer('first', 1, 'never')
    queue.tend()
    now = 60_000
    queue.tend()
    await consumer('second', 1, 'never')
    queue.tend()
    expect(given).toEqual(['x to first'])
    first.frozenUntil = 90_000
    now = 66_000
    queue.tend()
    expect(given).toEqual(['x to first', 'x to second'])
  })

  it('removes what is done, and gives out again what is refused', async () => {
    await queue.clientOf(actor('p')).add([{ workId: 'x', priority: 1 }])
    const refusing = await consumer('refusing', 1, 'refused')
    queue.tend()
    await settle()
    expect(queue.size()).toBe(1)
    refusing.isStopping = true
    await consumer('willing', 1, 'done')
    queue.tend()
    await settle()
    expect(given).toEqual(['x to refusing', 'x to willing'])
    expect(queue.size()).toBe(0)
  })

  it('loses and doubles jobs when told to', async () => {
    await queue.clientOf(actor('p')).add([{ workId: 'x', priority: 1 }])
    queue.duplicate()
    expect(queue.size()).toBe(2)
    queue.lose(1)
    queue.duplicate()
    expect(queue.size()).toBe(0)
  })
})
