/** Acceptance beside a queue that is full, silent or broken: only a full one keeps work out. */
import { describe, expect, it } from 'vitest'
import { createIntakeGate, handOver } from '../../../src/app/work/intake-gate.js'
import { ChartcodeError } from '../../../src/model/errors.js'
import type { QueueLevel } from '../../../src/queue/queue.js'

const gone = (): Promise<never> => Promise.reject(new ChartcodeError('queue-unavailable', 'gone'))

describe('work is let in', () => {
  it.each([
    { what: 'a queue without limit', level: { used: 900, limit: null }, refused: false },
    { what: 'a queue just below three quarters', level: { used: 749, limit: 1000 }, refused: false },
    { what: 'a queue at three quarters', level: { used: 750, limit: 1000 }, refused: true },
  ])('beside $what: refused $refused', async ({ level, refused }) => {
    const { admit } = createIntakeGate({ level: () => Promise.resolve(level) })
    const outcome = await admit().then(
      () => null,
      (error: unknown) => (error as ChartcodeError).code,
    )
    expect(outcome).toBe(refused ? 'queue-full' : null)
  })

  it('where the queue does not answer', async () => {
    await createIntakeGate({ level: gone }).admit()
  })

  it('within half a second where the queue never answers, and it is not asked twice at a time', async () => {
    let asked = 0
    const { admit } = createIntakeGate({
      level: () => {
        asked += 1
        return new Promise<QueueLevel>(() => undefined)
      },
    })
    const started = performance.now()
    await Promise.all([admit(), admit(), admit()])
    await admit()
    expect(performance.now() - started).toBeLessThan(1500)
    expect(asked).toBe(1)
  })

  it('again when the queue has room, after half a second at the latest', async () => {
    let [used, time, asked] = [900, 0, 0]
    const { admit } = createIntakeGate(
      { level: () => Promise.resolve({ used, limit: ++asked && 1000 }) },
      () => time,
    )
    await expect(admit()).rejects.toMatchObject({ code: 'queue-full' })
    used = 100
    time = 499
    await expect(admit()).rejects.toMatchObject({ code: 'queue-full' })
    time = 500
    await admit()
    expect(asked).toBe(2)
  })
})

describe('what was accepted is handed over', () => {
  it('where the queue takes it; where not, the code says why and the work is open to be taken again', async () => {
    const takenBack: string[] = []
    let isTaken = false
    const store = {
      countDispatched: () => Promise.resolve(0),
      takeForDispatch: () => {
        const work = isTaken ? [] : [{ workId: 'w1', priority: 1 as const }]
        isTaken = true
        return Promise.resolve(work)
      },
      takeBackDispatch: (ids: readonly string[]) => Promise.resolve(takenBack.push(...ids)),
      dispatchedBefore: () => Promise.resolve([]),
    }
    const alive = (): Promise<ReadonlySet<string>> => Promise.resolve(new Set())
    expect(await handOver({ store, queue: { add: gone, alive } })).toBe('queue-unavailable')
    expect(takenBack).toEqual(['w1'])
    isTaken = false
    expect(await handOver({ store, queue: { add: () => Promise.resolve(), alive } })).toBeNull()
  })
})
