/** Of two that want to do the same thing, one may. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Store } from '../../../src/store/store.js'

const LONG = 60_000
const SHORT = 30

export function leaseLaws(store: () => Store): void {
  const lease = (holder: string, milliseconds = LONG): Promise<boolean> =>
    store().takeLease({ name: 'dispatcher', holder, milliseconds })
  const slot = (holder: string, milliseconds = LONG, night = '2026-11-02'): Promise<boolean> =>
    store().takeSlot({ schedule: 'nightly', slot: night, holder, milliseconds })

  it('gives a lease to one holder, who may renew it', async () => {
    expect([await lease('a'), await lease('b'), await lease('a')]).toEqual([true, false, true])
  })

  it('gives a lease to one of many that ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => lease(`holder-${i}`)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('gives a lease to another when its time is over or its holder ends it', async () => {
    await lease('a', SHORT)
    await sleep(2 * SHORT)
    expect(await lease('b')).toBe(true)
    await store().endLease('dispatcher', 'a')
    expect(await lease('c')).toBe(false)
    await store().endLease('dispatcher', 'b')
    expect(await lease('c')).toBe(true)
  })

  it('keeps leases of different names apart', async () => {
    await lease('a')
    expect(await store().takeLease({ name: 'other', holder: 'b', milliseconds: LONG })).toBe(true)
  })

  it('gives a slot to one holder, until it is done for ever', async () => {
    expect([await slot('a'), await slot('b'), await slot('a')]).toEqual([true, false, true])
    await store().endSlot('nightly', '2026-11-02')
    expect([await slot('a'), await slot('b')]).toEqual([false, false])
    expect(await slot('b', LONG, '2026-11-03')).toBe(true)
  })

  it('gives a slot to another when its holder died at it', async () => {
    await slot('a', SHORT)
    await sleep(2 * SHORT)
    expect([await slot('b'), await slot('a')]).toEqual([true, false])
  })

  it('gives a slot to one of many that ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => slot(`holder-${i}`)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('knows the last slot that was done', async () => {
    expect(await store().lastSlot('nightly')).toBeNull()
    for (const night of ['2026-11-03', '2026-11-02', '2026-11-04']) await slot('a', LONG, night)
    expect(await store().lastSlot('nightly')).toBeNull()
    await store().endSlot('nightly', '2026-11-03')
    await store().endSlot('nightly', '2026-11-02')
    expect(await store().lastSlot('nightly')).toBe('2026-11-03')
    expect(await store().lastSlot('weekly')).toBeNull()
  })
}
