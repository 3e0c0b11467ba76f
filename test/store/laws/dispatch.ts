/** What is dispatched, in which order, and how it comes back. */
import { expect, it } from 'vitest'
import type { AcceptedNote, Store } from '../../../src/store/store.js'
import { accept, acceptOne, claimOf, noteOf, outcomeOf } from '../store-under-test.js'

export function dispatchLaws(store: () => Store): void {
  const take = async (limit: number): Promise<string[]> =>
    (await store().takeForDispatch(limit)).map(({ workId }) => workId)
  const acceptOf = (facility: string, count: number): Promise<readonly AcceptedNote[]> =>
    accept(store(), ...Array.from({ length: count }, (_, i) => noteOf(`${facility}-${i}`, { facility })))

  it('takes the urgent first, whenever it came', async () => {
    const bulk = await acceptOne(store(), noteOf('a', { priority: 3 }))
    const routine = await acceptOne(store(), noteOf('b', { priority: 2 }))
    const stat = await acceptOne(store(), noteOf('c', { priority: 1 }))
    expect(await store().takeForDispatch(10)).toEqual([
      { workId: stat.workId, priority: 1 },
      { workId: routine.workId, priority: 2 },
      { workId: bulk.workId, priority: 3 },
    ])
  })

  it('takes one facility after the other, each in the order of arrival', async () => {
    const large = (await acceptOf('large', 6)).map(({ workId }) => workId)
    const small = (await acceptOf('small', 2)).map(({ workId }) => workId)
    const taken = await take(8)
    expect(taken.filter(id => large.includes(id))).toEqual(large)
    expect(taken.filter(id => small.includes(id))).toEqual(small)
    expect(taken.slice(0, 4).filter(id => small.includes(id))).toHaveLength(2)
  })

  it('keeps no facility waiting behind another where little is taken at a time', async () => {
    const large = (await acceptOf('large', 20)).map(({ workId }) => workId)
    await acceptOf('small', 3)
    await acceptOf('tiny', 1)
    const taken: string[] = []
    for (let i = 0; i < 8; i++) taken.push(...(await take(1)))
    expect(taken.filter(id => large.includes(id))).toEqual(large.slice(0, 4))
  })

  it('takes what it may and no more, and nothing twice', async () => {
    await acceptOf('north', 5)
    const [first, second, third] = [await take(3), await take(10), await take(10)]
    expect([first.length, second.length, third.length]).toEqual([3, 2, 0])
    expect(new Set([...first, ...second]).size).toBe(5)
  })

  it('gives two that take at the same time different work', async () => {
    await acceptOf('north', 60)
    const taken = await Promise.all([take(40), take(40), take(40)])
    expect(new Set(taken.flat()).size).toBe(taken.flat().length)
    expect([...taken.flat(), ...(await take(60))]).toHaveLength(60)
  })

  it('takes no work that has ended', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    await store().commitNote(await claimOf(store(), workId), outcomeOf('r'))
    expect(await take(10)).toEqual([])
  })

  it('counts what was dispatched and is open', async () => {
    await acceptOf('north', 3)
    const [first] = await take(2)
    expect(await store().countDispatched()).toBe(2)
    await store().commitNote(await claimOf(store(), first!), outcomeOf('r'))
    expect(await store().countDispatched()).toBe(1)
  })

  it('tells what was dispatched some time ago, the oldest first', async () => {
    await acceptOf('north', 3)
    const taken = [...(await take(1)), ...(await take(1)), ...(await take(1))]
    expect(await store().dispatchedBefore({ milliseconds: 60_000, limit: 10 })).toEqual([])
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(await store().dispatchedBefore({ milliseconds: 10, limit: 2 })).toEqual(taken.slice(0, 2))
  })

  it('dispatches again what was taken back, unless it has ended', async () => {
    await acceptOf('north', 2)
    const taken = await take(2)
    await store().commitNote(await claimOf(store(), taken[0]!), outcomeOf('r'))
    expect(await store().takeBackDispatch(taken)).toBe(1)
    expect(await store().countDispatched()).toBe(0)
    expect(await take(10)).toEqual([taken[1]])
  })
}
