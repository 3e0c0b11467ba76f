/** Codes with titles as a tree: parents by the publisher's set, children in order, own words of a title. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  catalogueSections,
  ownTitleWords,
  sortCatalogue,
  type CatalogueRow,
} from '../../src/dictionary/build/catalogue-data.js'
import { openCatalogue } from '../../src/dictionary/catalogue-view.js'
import { encodeSnapshot } from '../../src/dictionary/snapshot/encode.js'
import type { Catalogue } from '../../src/model/dictionary.js'
import { snapshotOf } from '../support/lexicon-engine.js'

const row = (code: string, title: string, billable = true): CatalogueRow => ({ code, title, billable })

const ROWS = [
  row('Q99', 'Mouse fever', false),
  row('Q99.0', 'Acute mouse fever', false),
  row('Q99.01', 'Acute mouse fever, left ear'),
  row('Q99.0X1', 'Acute mouse fever with X'),
  row('Q99.9', 'Mouse fever, unspecified'),
  row('Q9A', 'Rat fever'),
  row('S99.00XA', 'Mouse bite, initial encounter'),
]

function open(rows: readonly CatalogueRow[]): Catalogue {
  const sorted = sortCatalogue(rows)
  return openCatalogue(
    snapshotOf(
      encodeSnapshot(
        {},
        catalogueSections(
          sorted,
          ownTitleWords(sorted).map(words => words.map((_, i) => i + 1)),
        ),
      ),
    ),
  )
}

describe('the catalogue', () => {
  const catalogue = open([...ROWS].reverse())
  const codesOf = (entries: readonly number[]) => entries.map(entry => catalogue.code(entry))

  it('finds every code it holds, and no other', () => {
    for (const { code, title, billable } of ROWS) {
      const entry = catalogue.find(code)
      expect([catalogue.code(entry), catalogue.title(entry), catalogue.isBillable(entry)]).toEqual([
        code,
        title,
        billable,
      ])
    }
    for (const unknown of ['', 'Q', 'Q98', 'Q99.', 'Q99.011', 'Q990', 'Z99', '\u00e9'])
      expect(catalogue.find(unknown)).toBe(-1)
  })

  it('knows the children of a code, in order', () => {
    expect(codesOf(catalogue.children(catalogue.find('Q99')))).toEqual(['Q99.0', 'Q99.9'])
    expect(codesOf(catalogue.children(catalogue.find('Q9A')))).toEqual([])
  })

  it('steps over a placeholder to find the parent', () => {
    expect(catalogue.code(catalogue.parent(catalogue.find('Q99.0X1')))).toBe('Q99.0')
  })

  it('gives no parent where the set has none', () => {
    expect(catalogue.parent(catalogue.find('S99.00XA'))).toBe(-1)
    expect(catalogue.parent(catalogue.find('Q99'))).toBe(-1)
  })

  it('holds parents and children that agree, for any set of codes', () => {
    const code = fc.stringMatching(/^[A-C][0-2][0-2](\.[0-2X]{1,3})?$/)
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 60 }), codes => {
        const any = open(codes.map(each => row(each, each)))
        expect(any.size).toBe(codes.length)
        for (let entry = 0; entry < any.size; entry++) {
          expect(any.find(any.code(entry))).toBe(entry)
          for (const child of any.children(entry)) {
            expect(any.parent(child)).toBe(entry)
            expect(any.code(child).startsWith(any.code(entry))).toBe(true)
          }
        }
      }),
    )
  })
})

describe('the own words of a title', () => {
  it("are those that its parent's title lacks, without the words of the encounter", () => {
    expect(ownTitleWords(sortCatalogue(ROWS))).toEqual([
      ['mouse', 'fever'],
      ['acute'],
      ['left', 'ear'],
      ['x'],
      [],
      ['rat', 'fever'],
      ['mouse', 'bite'],
    ])
  })
})
