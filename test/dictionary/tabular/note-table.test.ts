/** Notes in the snapshot: what is inherited from above, what a note asks for, and whom it names. */
import { describe, expect, it } from 'vitest'
import { catalogueSections } from '../../../src/dictionary/build/catalogue-data.js'
import { openCatalogue } from '../../../src/dictionary/catalogue-view.js'
import { encodeSnapshot } from '../../../src/dictionary/snapshot/encode.js'
import { noteSections, type TabularParts } from '../../../src/dictionary/tabular/note-table.js'
import { openNotes } from '../../../src/dictionary/tabular/notes-view.js'
import type { TabularRow } from '../../../src/model/code.js'
import { note } from '../../support/engine-with-notes.js'
import { snapshotOf } from '../../support/lexicon-engine.js'

const CODES = ['A20', 'A20.1', 'A20.11', 'A20.2', 'A25', 'A25.0', 'B33', 'B33.8', 'B33.81', 'C7A', 'C80']
const category = (code: string, chapter: string): TabularRow => ({
  code,
  title: code,
  parent: null,
  chapter,
  section: '',
  placeholder: false,
  seventh: null,
})
const CATEGORIES = [category('A20', '1'), category('B33', '1'), category('C80', '2'), category('C7A', '2')]

function open(notes: TabularParts['notes']) {
  const rows = CODES.map(code => ({ code, title: code, billable: true }))
  const snapshot = snapshotOf(
    encodeSnapshot(
      {},
      {
        ...catalogueSections(
          rows,
          rows.map(() => []),
        ),
        ...noteSections({ notes, categories: CATEGORIES }, CODES),
      },
    ),
  )
  const catalogue = openCatalogue(snapshot)
  const view = openNotes(snapshot, catalogue)
  const notesOf = (code: string) => Object.values(view.of(catalogue.find(code))).flat()
  return {
    notesOf,
    namedBy: (code: string) =>
      notesOf(code).map(({ names }) => CODES.filter(other => names(catalogue.find(other)))),
  }
}

describe('a code has the notes', () => {
  it('of itself and of what stands above it, nearest first', () => {
    const { notesOf, namedBy } = open([
      note('A20', 'excludes1', 'mouse fever (A25.-)'),
      note('A201', 'codeFirst', 'rat fever (B33.81)'),
      note('A202', 'excludes1', 'hare fever (C80)'),
    ])
    expect(notesOf('A20.11').map(({ kind, at }) => [kind, at])).toEqual([
      ['codeFirst', 'A20.1'],
      ['excludes1', 'A20'],
    ])
    expect(namedBy('A20.11')).toEqual([['B33.81'], ['A25', 'A25.0']])
    expect(namedBy('A25.0')).toEqual([])
  })

  it('of its section and its chapter, whose extent the categories say', () => {
    const { notesOf, namedBy } = open([
      note('1', 'useAdditionalCode', 'a code for the mouse (C7A.-)'),
      note('A20-A28', 'excludes2', 'rats (B33-C80)'),
    ])
    expect(notesOf('A25.0').map(({ kind, at }) => [kind, at])).toEqual([
      ['useAdditionalCode', undefined],
      ['excludes2', undefined],
    ])
    expect(namedBy('B33.81')).toEqual([['C7A']])
    expect(namedBy('C7A')).toEqual([])
  })

  it('in one group where they are printed in several lines', () => {
    const { namedBy } = open([
      note('A20', 'codeFirst', 'underlying disease, such as:'),
      note('A20', 'codeFirst', 'rat fever (B33.8-'),
      note('A20', 'codeFirst', 'hare fever (C80)'),
    ])
    expect(namedBy('A20.2')).toEqual([['B33.8', 'B33.81', 'C80']])
  })
})

describe('a note demands a code', () => {
  it.each([
    ['underlying disease', true],
    ['underlying disease (C80)', true],
    ['if applicable, underlying disease (C80)', false],
    ['any associated underlying condition (C80)', false],
    ['hare fever (C80)', false],
  ])('code first "%s": %s', (text, demands) => {
    expect(
      open([note('A20', 'codeFirst', text)])
        .notesOf('A20.2')
        .map(each => each.demands),
    ).toEqual([demands])
  })
})

it('what names no code of the year is left out', () => {
  expect(open([note('A20', 'excludes1', 'dormouse (Q99.9)')]).notesOf('A20')).toEqual([])
})
