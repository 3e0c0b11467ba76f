/** The filter over first two words: never a false no, seldom a false yes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPairFilter, mayBegin, shiftOf } from '../../src/match/pair-filter.js'

describe('the pair filter', () => {
  it('knows every pair that it was built from', () => {
    const pair = fc.tuple(fc.nat(70_000), fc.nat(70_000))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 300 }), pairs => {
        const bits = buildPairFilter(pairs)
        expect(pairs.every(([first, second]) => mayBegin(bits, shiftOf(bits), first, second))).toBe(true)
      }),
    )
  })

  it('tells most other pairs', () => {
    const bits = buildPairFilter(Array.from({ length: 5000 }, (_, i) => [i % 700, 1 + i * 13]))
    let wrong = 0
    for (let i = 0; i < 5000; i++) if (mayBegin(bits, shiftOf(bits), i % 700, 2 + i * 13)) wrong++
    expect(wrong / 5000).toBeLessThan(1 / 8 + 0.02)
  })

  it('is empty without pairs', () => {
    const bits = buildPairFilter([])
    expect(mayBegin(bits, shiftOf(bits), 1, 2)).toBe(false)
  })
})
