/** The filter over the first words of phrases: never a false no, seldom a false yes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildOpeningFilter, END, OpeningFilter } from '../../src/match/opening-filter.js'

const word = fc.integer({ min: 1, max: 70_000 })

describe('the opening filter', () => {
  it('knows every opening that it was built from', () => {
    const pairs = fc.array(fc.tuple(word, word), { maxLength: 300 })
    const triples = fc.array(fc.tuple(word, word, fc.oneof(word, fc.constant(END))), { maxLength: 300 })
    fc.assert(
      fc.property(pairs, triples, word, (pairs, triples, other) => {
        const filter = new OpeningFilter(buildOpeningFilter({ pairs, triples }))
        for (const [first, second] of pairs) expect(filter.mayBegin(first, second)).toBe(true)
        for (const [first, second, third] of triples) {
          expect(filter.mayGoOn(first, second, third)).toBe(true)
          // A phrase of two words is found whatever follows it.
          if (third === END) expect(filter.mayGoOn(first, second, other)).toBe(true)
        }
      }),
    )
  })

  it('tells most other openings', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i)
    const filter = new OpeningFilter(
      buildOpeningFilter({
        pairs: numbers.map(i => [1 + (i % 700), 1 + i * 13]),
        triples: numbers.map(i => [1 + (i % 700), 1 + (i % 90), 1 + i * 13]),
      }),
    )
    const wrongPairs = numbers.filter(i => filter.mayBegin(1 + (i % 700), 2 + i * 13))
    expect(wrongPairs.length / 5000).toBeLessThan(1 / 8 + 0.02)
    const wrongTriples = numbers.filter(i => filter.mayGoOn(1 + (i % 700), 1 + (i % 90), 2 + i * 13))
    expect(wrongTriples.length / 5000).toBeLessThan(2 / 8)
  })

  it('is empty without phrases', () => {
    const filter = new OpeningFilter(buildOpeningFilter({ pairs: [], triples: [] }))
    expect(filter.mayBegin(1, 2)).toBe(false)
    expect(filter.mayGoOn(1, 2, 3)).toBe(false)
  })
})
