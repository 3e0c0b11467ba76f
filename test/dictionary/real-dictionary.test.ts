/** The dictionary of this project, compiled from `dictionaries/` alone: every row compiles and is found again. */
import { describe, expect, it, vi } from 'vitest'
import { compileDictionary } from '../../src/dictionary/build/compile.js'
import { expandPattern } from '../../src/dictionary/lexicon/axes.js'
import { isValidIn, readLexicon, type LexiconRow } from '../../src/dictionary/lexicon/rows.js'
import { hasCodeShape } from '../../src/codes/icd10cm.js'
import { wordsOf } from '../../src/text/words.js'
import { DICTIONARIES, FISCAL_YEAR, lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { input, bytes, dictionary, engine, phrases } = await lexiconEngine()

/** `01-infectious.csv:12`, as an editor opens it. */
const placeOf = ({ file, line }: LexiconRow): string => `${file.split('/').slice(-2).join('/')}:${line}`

/** Marks that no phrase reaches over; a wording that holds one is written with `~`. */
const HOLDS_BARRIER = /[,;:()[\]]|\.\s/

describe('the dictionary of this project', () => {
  it('is compiled from every row, for every year that rows speak of', () => {
    const rows = readLexicon(DICTIONARIES)
    expect(rows.length).toBeGreaterThan(5000)
    for (const year of [2025, 2026, 2027])
      expect(rows.filter(row => isValidIn(row, year)).length).toBeGreaterThan(5000)
    expect(phrases).toBeGreaterThan(50_000)
    expect(dictionary.identity).toMatchObject({
      system: 'icd10cm',
      release: `FY${FISCAL_YEAR}`,
      fiscalYear: FISCAL_YEAR,
      origin: 'lexicon',
    })
  })

  it('has the same bytes when it is compiled again', () => {
    expect(compileDictionary(input).bytes.equals(bytes)).toBe(true)
  })

  it('gives every code that its rows name', () => {
    const missing = input.lexicon
      .filter(row => row.concept.system === 'icd10cm' && row.concept.code !== '')
      .flatMap(row =>
        expandPattern(row.concept.code, input.axes)
          .filter(code => dictionary.catalogue.find(code) < 0)
          .map(code => `${placeOf(row)} ${code}`),
      )
    expect(missing).toEqual([])
  })

  it('names codes of the right shape only', () => {
    const wrong = input.lexicon
      .filter(row => row.concept.system === 'icd10cm')
      .filter(row => !expandPattern(row.concept.code, input.axes).every(hasCodeShape))
    expect(wrong.map(placeOf)).toEqual([])
  })

  it("finds every wording of every row in a note, patients' words where no clinical row has them too", () => {
    const elsewhere = new Set(input.abbreviations.map(sense => sense.abbreviation))
    const clinical = new Set(input.lexicon.flatMap(row => row.phrases.map(wordingKey)))
    const missing: string[] = []
    for (const row of input.lexicon)
      for (const wording of [
        ...row.phrases,
        ...row.abbreviations,
        ...row.lay.filter(lay => !clinical.has(wordingKey(lay))),
      ]) {
        const plain = wording.replace(/^~|!$/g, '')
        if (elsewhere.has(plain) || HOLDS_BARRIER.test(plain.replace(/\b[a-z]\. /gi, ''))) continue
        const found = engine.match(engine.read(`Seen for ${plain}`))
        if (Array.from(found.phrase.slice(0, found.count)).some(phrase => meansRow(phrase, row))) continue
        missing.push(`${placeOf(row)} ${wording}`)
      }
    expect(missing).toEqual([])
  })

  it('has no phrase whose wording no note can hold, because a mark parts it', () => {
    const parted = input.lexicon.flatMap(row =>
      [...row.phrases, ...row.lay]
        .filter(
          wording => !wording.startsWith('~') && HOLDS_BARRIER.test(wording.replace(/\b[a-z]\. /gi, '')),
        )
        .map(wording => `${placeOf(row)} ${wording}`),
    )
    // These few are known: their words stand together, but a bracket or a comma is among them.
    expect(parted.length).toBeLessThan(40)
  })
})

/** The ids of a wording's words, by which two wordings are one phrase. */
function wordingKey(wording: string): string {
  return wordsOf(wording)
    .map(word => dictionary.vocabulary.idOf(word))
    .join(' ')
}

/** The phrase leads to the row, or to one of the same code that says it too. */
function meansRow(phrase: number, { concept }: LexiconRow): boolean {
  return dictionary
    .senses(phrase)
    .some(sense => sense.concept >= 0 && dictionary.concept(sense.concept).code === concept.code)
}
