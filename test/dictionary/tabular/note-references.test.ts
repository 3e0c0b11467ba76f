/** What codes a note of the tabular list names, in the forms in which such notes are printed. */
import { describe, expect, it } from 'vitest'
import { referencesOf } from '../../../src/dictionary/tabular/note-references.js'

function rangesOf(text: string): string[] {
  return referencesOf(text).map(({ first, last }) => (first === last ? first : `${first}–${last}`))
}

describe('a note names', () => {
  it.each([
    ['mouse fever (A25.-)', ['A25']],
    ['mouse fever (A25.0)', ['A25.0']],
    ['fever of mice (A20-A28)', ['A20–A28']],
    ['fever of mice (A20.- - A28.-)', ['A20–A28']],
    ['fever of mice (A20.0 -A28.3)', ['A20.0–A28.3']],
    ['(A25.-, B33.81, C7A.-)', ['A25', 'B33.81', 'C7A']],
    ['(A25.-. A26.-)', ['A25', 'A26']],
    ['subcategories S06.1- to S06.6-, and S06.81-', ['S06.1–S06.6', 'S06.81']],
    ['a code from F11-F16 and F18-F19 for it', ['F11–F16', 'F18–F19']],
    ['a bracket over two lines (A25.0,\nA26.1)', ['A25.0', 'A26.1']],
    ['as classified in M75-M77', ['M75–M77']],
    ['a bracket that is not closed (Z89.52-', ['Z89.52']],
  ])('%s', (text, ranges) => {
    expect(rangesOf(text)).toEqual(ranges)
  })

  it.each([
    ['no code', 'the underlying disease, such as:'],
    ['only some codes of a range', 'use of it (F10-F19 with fifth character 2)'],
    ['only some codes of several', 'see categories E08-E10, E11, E13 with ketoacidosis'],
    ['only some codes below a stem', 'dysphagia (I69. with final characters -91)'],
    ['an agent that looks like a code', 'influenza A/H1N1'],
  ])('nothing where it says %s', (_what, text) => {
    expect(rangesOf(text)).toEqual([])
  })

  it('says which it calls the bare word, line by line', () => {
    expect(referencesOf('squeaking NOS (R19.7)\nmouse fever (A25.-)').map(({ isBare }) => isBare)).toEqual([
      true,
      false,
    ])
  })
})
