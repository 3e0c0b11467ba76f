/** Titles, inclusion terms, Index and neoplasm table, on invented rows, as phrases of the dictionary. */
import { describe, expect, it } from 'vitest'
import {
  phrasesFromIndex,
  phrasesFromNeoplasms,
  wordingsOf,
} from '../../src/dictionary/phrases/from-index.js'
import { phrasesFromInclusionTerms, phrasesFromTitles } from '../../src/dictionary/phrases/from-titles.js'
import {
  contentWords,
  fixedPhrase,
  wordSet,
  type PhraseDraft,
} from '../../src/dictionary/phrases/phrase-draft.js'
import type { IndexRow, OrderRow, TableRow, TabularNote } from '../../src/model/code.js'
import { wordsOf } from '../../src/text/words.js'

/** `"words in order"` or `{words, as, a, set} source code`. */
function written(draft: PhraseDraft): string {
  const words = draft.anyOrder ? `{${[...draft.words].sort().join(' ')}}` : `"${draft.words.join(' ')}"`
  return `${words} ${draft.source} ${draft.code}`
}

function titleRow(code: string, longTitle: string): OrderRow {
  return { order: 1, code, billable: true, shortTitle: longTitle, longTitle }
}

function indexRow(path: readonly string[], code: string | null, see: string | null = null): IndexRow {
  return {
    path: path.map(title => ({ title, nonessential: [] })),
    code,
    manifestation: null,
    see,
    seeAlso: null,
  }
}

describe('words that carry meaning', () => {
  it.each([
    ['fracture of the left wrist', 'fracture left wrist'],
    ['pain in knee, unspecified', 'pain knee'],
    ['diabetes type 2', 'diabetes type 2'],
    ['diabetes type ii', 'diabetes type ii'],
    ['gout of unspecified type', 'gout'],
    ['other', ''],
  ])('of "%s" are "%s"', (text, words) => {
    expect(contentWords(wordsOf(text)).join(' ')).toBe(words)
  })

  it('make a set of two and more, a phrase of one, nothing of none', () => {
    const sense = {
      system: 'icd10cm',
      source: 'title',
      concept: -1,
      code: 'M10.9',
      needsCapitals: false,
    } as const
    expect(wordSet('gout of foot', sense)).toMatchObject({ words: ['gout', 'foot'], anyOrder: true })
    expect(wordSet('gout, unspecified', sense)).toMatchObject({ words: ['gout'], anyOrder: false })
    expect(wordSet('gout gout', sense)).toMatchObject({ words: ['gout'], anyOrder: false })
    expect(wordSet('other and unspecified', sense)).toBeUndefined()
    expect(fixedPhrase('gout of foot', sense)).toMatchObject({
      words: ['gout', 'of', 'foot'],
      anyOrder: false,
    })
  })
})

describe('a title', () => {
  it('is a set of its words, which finds it as it stands too', () => {
    expect(phrasesFromTitles([titleRow('Q99X1', 'Invented fever of mice')]).map(written)).toEqual([
      '{fever invented mice} title Q99.X1',
    ])
  })

  it('of more small words than a set bridges is a phrase as well', () => {
    const title = 'Fever of the mouse and of the rat'
    expect(phrasesFromTitles([titleRow('Q99X2', title)]).map(written)).toEqual([
      '"fever of the mouse and of the rat" title Q99.X2',
      '{fever mouse rat} title Q99.X2',
    ])
  })

  it('that says "unspecified" is the weaker wording of its plain words', () => {
    expect(phrasesFromTitles([titleRow('Q991', 'Mouse fever, unspecified')]).map(written)).toEqual([
      '{fever mouse} title-default Q99.1',
      '{fever mouse} title-default Q99.1',
    ])
  })

  it('leaves unsaid what a note does not say', () => {
    expect(phrasesFromTitles([titleRow('Q992', 'Mouse fever without complication')]).map(written)).toContain(
      '{fever mouse} title-default Q99.2',
    )
  })

  it('of other specified conditions is a phrase only', () => {
    expect(phrasesFromTitles([titleRow('Q998', 'Other specified mouse fevers')]).map(written)).toEqual([
      '"other specified mouse fevers" title Q99.8',
    ])
  })

  it.each([', initial encounter', ', subsequent encounter', ', sequela'])(
    'that ends in "%s" is left out: the note and the defaults choose the character',
    ending => {
      expect(phrasesFromTitles([titleRow('S99001A', `Mouse bite${ending}`)])).toEqual([])
    },
  )

  it('loses what stands in brackets when it is read as a set', () => {
    expect(phrasesFromTitles([titleRow('Q993', 'Mouse fever (acute) [murine]')]).map(written)).toContain(
      '{fever mouse} title Q99.3',
    )
  })
})

describe('an inclusion term', () => {
  const note = (
    text: string,
    kind: TabularNote['kind'] = 'inclusionTerm',
    level: TabularNote['level'] = 'code',
  ): TabularNote => ({ level, at: 'Q991', kind, text })

  it('is a set of its words, without NOS', () => {
    expect(phrasesFromInclusionTerms([note('Fever of mice NOS')]).map(written)).toEqual([
      '{fever mice} inclusion-term Q99.1',
    ])
  })

  it.each([
    ['a note of another kind', note('Fever of rats', 'excludes1')],
    ['a note at a chapter', note('Fever of rats', 'inclusionTerm', 'chapter')],
    ['a note without words', note('(NOS)')],
  ])('is not %s', (_, other) => {
    expect(phrasesFromInclusionTerms([other])).toEqual([])
  })
})

describe('an entry of the Index', () => {
  it('is the set of the words of its path', () => {
    expect(phrasesFromIndex([indexRow(['Fever', 'mouse', 'acute'], 'Q99.1')]).map(written)).toEqual([
      '{acute fever mouse} index Q99.1',
    ])
  })

  it('whose main term has forms of one stem is a set with each of them', () => {
    expect(phrasesFromIndex([indexRow(['Failure, failed', 'heart'], 'Q99.2')]).map(written)).toEqual([
      '{failure heart} index Q99.2',
      '{failed heart} index Q99.2',
    ])
  })

  it('whose main term is one wording with a comma is one set', () => {
    expect(
      wordingsOf([{ title: 'Abduction contracture, hip or other joint', nonessential: [] }]),
    ).toHaveLength(1)
  })

  it('that is printed with a dash leads to the header', () => {
    expect(phrasesFromIndex([indexRow(['Fever', 'rat'], 'Q99.-')]).map(written)).toEqual([
      '{fever rat} index Q99',
    ])
  })

  it('without a code that says "see" has the code of what it names', () => {
    const rows = [indexRow(['Murine fever'], null, 'Fever, mouse'), indexRow(['Fever', 'mouse'], 'Q99.1')]
    expect(phrasesFromIndex(rows).map(written)).toContain('{fever murine} index Q99.1')
  })

  it('that says "see" of something unknown is left out', () => {
    expect(phrasesFromIndex([indexRow(['Murine fever'], null, 'Fever, lion')])).toEqual([])
  })

  it('has at most six wordings, however many its steps allow', () => {
    const step = { title: 'Fracture, fractured, fractures', nonessential: [] }
    expect(wordingsOf([step, step, step])).toHaveLength(6)
  })

  it('of one word is a phrase', () => {
    expect(phrasesFromIndex([indexRow(['Mousiness'], 'Q99.3')]).map(written)).toEqual([
      '"mousiness" index Q99.3',
    ])
  })
})

describe('a line of the neoplasm table', () => {
  const row: TableRow = {
    path: [
      { title: 'Neoplasm, neoplastic', nonessential: [] },
      { title: 'whisker', nonessential: [] },
    ],
    cells: { 2: 'C99.1', 3: 'C98.-', 5: 'D99.1', 7: '--' },
  }

  it('gives each column its words', () => {
    const phrases = phrasesFromNeoplasms([row]).map(written)
    expect(phrases).toContain('{cancer whisker} neoplasm-table C99.1')
    expect(phrases).toContain('{metastatic whisker} neoplasm-table C98')
    expect(phrases).toContain('{benign tumor whisker} neoplasm-table D99.1')
  })

  it('leaves an empty cell out', () => {
    const phrases = phrasesFromNeoplasms([row]).map(written)
    expect(phrases.some(phrase => phrase.startsWith('{neoplasm whisker}'))).toBe(false)
  })

  it('that is the table itself says nothing', () => {
    expect(phrasesFromNeoplasms([{ ...row, path: row.path.slice(0, 1) }])).toEqual([])
  })
})
