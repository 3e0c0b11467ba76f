/** Every row of `test/cases`: what a mention is, by the words and the layout around it. */
import { describe, expect, it } from 'vitest'
import { assertMarked, readCases } from '../support/assertion-cases.js'

const cases = readCases()

describe('the case tables', () => {
  it('hold each text once, with a mention and a reason', () => {
    const texts = cases.map(({ text }) => text)
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([])
    expect(cases.filter(({ text, why }) => why === '' || !/\[\[.+\]\]/s.test(text))).toEqual([])
  })
})

for (const table of new Set(cases.map(each => each.table)))
  describe(table, () => {
    it.each(cases.filter(each => each.table === table))('$group: $why: $text', ({ text, expected }) => {
      const { cues: _cues, ...attributes } = assertMarked(text)
      expect(attributes).toEqual(expected)
    })
  })

describe('not read yet', () => {
  // A row that is read by now belongs into the table above it.
  it.fails.each(readCases('open'))('$table: $why: $text', ({ text, expected }) => {
    const { cues: _cues, ...attributes } = assertMarked(text)
    expect(attributes).toEqual(expected)
  })
})
