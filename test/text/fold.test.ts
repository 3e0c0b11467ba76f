/** Facts of the fold table: one UTF-16 unit becomes one byte, and what a clinician means by it survives. */
import { describe, expect, it } from 'vitest'
import {
  BOX_EMPTY,
  BOX_TICKED,
  BULLET,
  BYTE_CLASS,
  CLASS,
  COMBINING,
  EMPTY_SET,
  foldTable,
  FOREIGN,
} from '../../src/text/characters.js'

const FOLD = foldTable()
const byteOf = (character: string): number => FOLD[character.charCodeAt(0)] as number
const letterOf = (character: string): string => String.fromCharCode(byteOf(character))

describe('the fold table', () => {
  it.each([
    ['a capital becomes small', 'Q', 'q'],
    ['a digit stays', '7', '7'],
    ['an accent comes off', '\u00e9', 'e'],
    ['a capital with an accent becomes a plain small letter', '\u00c9', 'e'],
    [
      'the capital I with a dot of Turkish (U+0130), which lower-cases to two units, becomes i',
      '\u0130',
      'i',
    ],
    ['the dotless i of Turkish becomes i', '\u0131', 'i'],
    ['the letter s with a caron of Latin Extended-A becomes s', '\u0161', 's'],
    ['a letter of Latin Extended Additional becomes plain', '\u1ea5', 'a'],
    ['a full-width letter becomes plain', '\uff21', 'a'],
    ['sharp s becomes one s, because one unit stays one byte', '\u00df', 's'],
    ['the ligature ae becomes a', '\u00e6', 'a'],
    ['alpha is written for a', '\u03b1', 'a'],
    ['beta is written for b', '\u03b2', 'b'],
    ['micro is written for u', '\u00b5', 'u'],
    ['Greek mu is written for u', '\u03bc', 'u'],
    ['a superscript two is a two', '\u00b2', '2'],
    ['a curly apostrophe becomes a straight one', '\u2019', "'"],
    ['a backtick becomes an apostrophe', '`', "'"],
    ['a curly quote becomes a straight one', '\u201c', '"'],
    ['an en dash becomes a hyphen', '\u2013', '-'],
    ['an em dash becomes a hyphen', '\u2014', '-'],
    ['a true minus becomes a hyphen', '\u2212', '-'],
    ['a non-breaking hyphen becomes a hyphen', '\u2011', '-'],
    ['a soft hyphen becomes a hyphen', '\u00ad', '-'],
    ['an ellipsis becomes a period', '\u2026', '.'],
    ['at most becomes less than', '\u2264', '<'],
    ['at least becomes greater than', '\u2265', '>'],
    ['a non-breaking blank becomes a blank', '\u00a0', ' '],
    ['a zero-width blank becomes a blank', '\u200b', ' '],
    ['the degree sign becomes a blank', '\u00b0', ' '],
    ['NUL becomes a blank', '\u0000', ' '],
    ['half of a surrogate pair becomes a blank', '\ud83d', ' '],
    ['the replacement character becomes a blank', '\ufffd', ' '],
    ['a line separator becomes a newline', '\u2028', '\n'],
    ['a form feed becomes a newline', '\u000c', '\n'],
    ['a tab stays', '\t', '\t'],
    ['a carriage return stays', '\r', '\r'],
  ])('%s', (_, character, folded) => {
    expect(letterOf(character)).toBe(folded)
  })

  it.each(['\u2022', '\u00b7', '\u25cf', '\u25aa'])(
    'the bullet sign %s becomes the bullet byte',
    character => {
      expect(byteOf(character)).toBe(BULLET)
    },
  )

  it('check boxes keep whether they are ticked', () => {
    expect(['\u2610', '\u25a1'].map(byteOf)).toEqual([BOX_EMPTY, BOX_EMPTY])
    expect(['\u2611', '\u2612', '\u2713', '\u2717'].map(byteOf)).toEqual(Array(4).fill(BOX_TICKED))
  })

  it('the sign for "none" is a symbol of its own', () => {
    expect(byteOf('\u2205')).toBe(EMPTY_SET)
    expect(BYTE_CLASS[EMPTY_SET]).toBe(CLASS.symbol)
  })

  it.each([
    ['Hebrew', '\u05d7'],
    ['Cyrillic', '\u0414'],
    ['Arabic', '\u0645'],
    ['Chinese', '\u65e5'],
    ['Korean', '\ud55c'],
  ])('a letter of %s is a word character that no phrase holds', (_, character) => {
    expect(byteOf(character)).toBe(FOREIGN)
    expect(BYTE_CLASS[FOREIGN]).toBe(CLASS.word)
  })

  it('a combining accent belongs to its word', () => {
    expect(byteOf('\u0301')).toBe(COMBINING)
    expect(BYTE_CLASS[COMBINING]).toBe(CLASS.word)
  })

  it('no unit folds to a byte above ASCII', () => {
    expect(FOLD.length).toBe(65536)
    expect(FOLD.every(byte => byte < 0x80)).toBe(true)
  })

  it('no unit folds to a capital', () => {
    expect(FOLD.every(byte => byte < 0x41 || byte > 0x5a)).toBe(true)
  })
})
