/** How a note is cut into tokens, and what is said of the stretches between them. */
import { describe, expect, it } from 'vitest'
import { gapNames, inventWords, tokenTexts } from '../support/invented-words.js'

const { read } = inventWords('gout')

describe('tokens', () => {
  it.each([
    ['words and numbers are tokens', 'acute gout 2026', ['acute', 'gout', '2026']],
    ['letters and digits run together', 'T2DM h1n1', ['T2DM', 'h1n1']],
    ['the possessive is swallowed', "the patient's gout", ['the', 'patient', 'gout']],
    ['the curly possessive is swallowed', 'the patient\u2019s gout', ['the', 'patient', 'gout']],
    ['an apostrophe at the start of a note swallows nothing', "'s gout", ['s', 'gout']],
    ['an apostrophe inside a name parts it', "O'Brien", ['O', 'Brien']],
    ['a plural possessive leaves its word', "patients' gout", ['patients', 'gout']],
    ['s/p is three tokens', 's/p CABG', ['s', '/', 'p', 'CABG']],
    ['a blood pressure is three tokens', '120/80', ['120', '/', '80']],
    ['a decimal number is two tokens', '7.4', ['7', '4']],
    ['b.i.d. is three tokens', 'b.i.d.', ['b', 'i', 'd']],
    ['a hyphen parts words', 'follow-up', ['follow', 'up']],
    [
      'signs that mean something are tokens',
      '+fever ?PE 98% <5',
      ['+', 'fever', '?', 'PE', '98', '%', '<', '5'],
    ],
    ['a run of signs is one token', '3++ ?+', ['3', '++', '?+']],
    ['brackets are no tokens', '(gout) [x] {y}', ['gout', 'x', 'y']],
    ['an accent does not part a word', 'Me\u0301nie\u0300re', ['Me\u0301nie\u0300re']],
    [
      'a letter of another script does not part a word',
      '\u03b2-blocker \u0434\u0430',
      ['\u03b2', 'blocker', '\u0434\u0430'],
    ],
    ['an emoji is no token', 'gout \ud83e\ude7a now', ['gout', 'now']],
    ['the sign for none is a token', '\u2205 edema', ['\u2205', 'edema']],
    ['an empty note has none', '', []],
    ['blanks alone are none', ' \n\t ', []],
    ['the last word needs no mark behind it', 'gout', ['gout']],
  ])('%s', (_, text, words) => {
    expect(tokenTexts(read(text))).toEqual(words)
  })

  it('a word of the vocabulary carries its id, another one carries none', () => {
    const { id } = read('Gout GOUT go\u0301ut gouty').tokens
    expect(Array.from(id.slice(0, 4))).toEqual([1, 1, 1, 0])
  })

  it('a word of sixty-four letters with an accent is looked up without it, a longer one is none', () => {
    const long = 'a'.repeat(70)
    const words = inventWords('gout', long, 'b'.repeat(60))
    expect(words.read(`b\u0301${'b'.repeat(59)}`).tokens.id[0]).toBe(3)
    expect(words.read(`a\u0301${'a'.repeat(69)}`).tokens.id[0]).toBe(0)
  })
})

describe('the stretch before the last token', () => {
  it.each([
    ['a blank says nothing', 'gout acute', []],
    ['two blanks say nothing', 'gout  acute', []],
    ['three blanks say nothing', 'gout   acute', []],
    ['four blanks are a column', 'gout    acute', ['cell', 'sentence']],
    ['a tab is a column', 'gout\tacute', ['cell', 'sentence']],
    ['a bar is a column', 'gout | acute', ['cell', 'sentence']],
    ['a comma is a comma', 'gout, acute', ['comma']],
    ['a comma without a blank is a comma', 'gout,acute', ['comma']],
    ['a semicolon parts clauses', 'gout; acute', ['semicolon']],
    ['a hyphen joins', 'gout-acute', ['hyphen']],
    ['a dash is a hyphen', 'gout \u2013 acute', ['hyphen']],
    ['a bracket is a bracket', 'gout (acute', ['paren']],
    ['a quote is a quote', 'gout "acute', ['quote']],
    ['a colon behind a label', 'gout: acute', ['colon']],
    ['a colon in a time holds together', '12:30', ['tight']],
    ['a period in a number holds together', '7.4', ['tight']],
    ['a period in an abbreviation holds together', 'b.d', ['tight']],
    ['a sign without a blank holds tight', 'gout/', ['tight']],
    ['a newline is a newline', 'gout\nacute', ['newline', 'sentence']],
    ['a Windows line end is one newline', 'gout\r\nacute', ['newline', 'sentence']],
    ['an old Macintosh line end is a newline', 'gout\racute', ['newline', 'sentence']],
    ['an empty line is a blank line', 'gout\n\nacute', ['newline', 'blankLine', 'sentence']],
    ['an empty Windows line is a blank line', 'gout\r\n\r\nacute', ['newline', 'blankLine', 'sentence']],
    ['blanks at the start of a line are no column', 'gout\n        acute', ['newline', 'sentence']],
    [
      'a hyphen and a blank at the start of a line are a bullet',
      'gout\n- acute',
      ['newline', 'item', 'sentence'],
    ],
    [
      'a hyphen without a blank at the start of a line is none',
      'gout\n-acute',
      ['hyphen', 'newline', 'sentence'],
    ],
    ['a bullet sign opens an item', 'gout\n\u2022 acute', ['newline', 'item', 'sentence']],
    ['a list number opens an item', 'gout\n1. acute', ['period', 'item', 'sentence']],
    ['a list number with a bracket opens an item', 'gout\n2) acute', ['paren', 'item', 'sentence']],
    ['a list letter opens an item', 'gout\na. acute', ['period', 'item', 'sentence']],
    ['a number of three digits is no list number', 'gout\n120. acute', ['period']],
    ['a number inside a line is no list number', 'gout of 2. acute', ['period']],
    ['the period behind an initial ends nothing', 'grew E. coli', []],
    ['the period behind a small initial ends nothing', 'has c. diff', []],
    ['an initial at the start of a line numbers no list', 'gout\nE. coli', []],
    ['a capital list letter opens an item', 'gout\nA. Acute', ['period', 'item', 'sentence']],
    [
      'a forgotten blank after a period still ends a sentence',
      'has gout.Acute',
      ['period', 'tight', 'sentence'],
    ],
  ])('%s', (_, text, flags) => {
    const document = read(text)
    expect(gapNames(document, document.tokens.count - 1)).toEqual(flags)
  })

  it('the first token of a note opens a line and a sentence', () => {
    expect(gapNames(read('gout'), 0)).toEqual(['newline', 'tight', 'sentence'])
    expect(gapNames(read('- gout'), 0)).toEqual(expect.arrayContaining(['newline', 'sentence']))
  })
})
