/** The search for the start that a place belongs to, against a walk from the left. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastUpTo } from '../../src/text/last-up-to.js'

describe('the last start up to a value', () => {
  it.each([
    ['before the first', [3, 5], 2, -1],
    ['on the first', [3, 5], 3, 0],
    ['between two', [3, 5], 4, 0],
    ['behind the last', [3, 5], 9, 1],
    ['of equal ones the last', [3, 3, 3], 3, 2],
    ['of none', [], 3, -1],
  ])('%s', (_, starts, value, index) => {
    expect(lastUpTo(Int32Array.from(starts), starts.length, value, 0)).toBe(index)
  })

  it('is the same whatever the guess', () => {
    const cases = fc.record({
      starts: fc.array(fc.nat(30), { maxLength: 12 }),
      value: fc.integer({ min: -1, max: 31 }),
      guess: fc.integer({ min: -1, max: 13 }),
    })
    fc.assert(
      fc.property(cases, ({ starts, value, guess }) => {
        starts.sort((a, b) => a - b)
        const walked = starts.findLastIndex(start => start <= value)
        expect(lastUpTo(Int32Array.from(starts), starts.length, value, guess)).toBe(walked)
      }),
    )
  })
})
