/** Which source keeps a wording that several give to different codes. */
import { describe, expect, it } from 'vitest'
import { mergePhrases, type MergedPhrase } from '../../src/dictionary/build/merge-phrases.js'
import { WordFolding } from '../../src/dictionary/build/word-folding.js'
import type { PhraseDraft } from '../../src/dictionary/phrases/phrase-draft.js'
import { PHRASE_SOURCES, type PhraseSource } from '../../src/model/dictionary.js'

function draft(
  words: string,
  source: PhraseSource,
  code: string | null,
  more: Partial<PhraseDraft> = {},
): PhraseDraft {
  return {
    words: words.split(' '),
    anyOrder: false,
    system: 'icd10cm',
    source,
    concept: -1,
    code,
    needsCapitals: false,
    ...more,
  }
}

function merge(...drafts: readonly PhraseDraft[]): MergedPhrase[] {
  return mergePhrases(
    drafts,
    new WordFolding(
      new Map(),
      drafts.flatMap(each => each.words),
    ),
  )
}

const codesOf = (phrase: MergedPhrase | undefined): (string | null)[] =>
  (phrase?.senses ?? []).map(sense => sense.code)

/** From the strongest to the weakest; sources on one line are equally strong. */
const ORDER: readonly (readonly PhraseSource[])[] = [
  ['lexicon', 'abbreviation', 'lexicon-abbreviation'],
  ['lexicon-lay'],
  ['title'],
  ['inclusion-term'],
  ['index'],
  ['title-default'],
  ['neoplasm-table'],
]

describe('one wording from two sources', () => {
  const pairs = ORDER.flatMap((strong, i) =>
    ORDER.slice(i + 1).flatMap(weak => strong.flatMap(one => weak.map(other => [one, other] as const))),
  )

  it('every source has its place in the order', () => {
    expect(ORDER.flat().sort()).toEqual([...PHRASE_SOURCES].sort())
  })

  it.each(pairs)('%s goes before %s, whichever comes first', (strong, weak) => {
    const own = draft('mouse fever', strong, 'A00.1', { concept: strong.startsWith('l') ? 0 : -1 })
    const other = draft('mouse fever', weak, 'B00.1', { concept: weak.startsWith('l') ? 1 : -1 })
    expect(codesOf(merge(own, other)[0])).toEqual(['A00.1'])
    expect(codesOf(merge(other, own)[0])).toEqual(['A00.1'])
  })

  it('two rows of the lexicon both stay, and the note decides', () => {
    const phrases = merge(
      draft('mf', 'lexicon', 'A00.1', { concept: 0 }),
      draft('mf', 'lexicon', 'B00.1', { concept: 1 }),
    )
    expect(codesOf(phrases[0])).toEqual(['A00.1', 'B00.1'])
  })

  it("two entries of the Index do not: the publisher's first one stands", () => {
    expect(codesOf(merge(draft('mf', 'index', 'A00.1'), draft('mf', 'index', 'B00.1'))[0])).toEqual(['A00.1'])
  })

  it('the same sense twice is one', () => {
    const same = draft('mf', 'lexicon', 'A00.1', { concept: 0 })
    expect(codesOf(merge(same, same)[0])).toEqual(['A00.1'])
  })
})

describe('wordings that are one phrase', () => {
  it('fold to the same words', () => {
    expect(
      merge(
        draft('mouse fever', 'lexicon', 'A00.1', { concept: 0 }),
        draft('mouse fevers', 'title', 'B00.1'),
      ),
    ).toHaveLength(1)
  })

  it('are sets of the same words in any order', () => {
    const phrases = merge(
      draft('fever mouse', 'index', 'A00.1', { anyOrder: true }),
      draft('mouse fever', 'title', 'B00.1', { anyOrder: true }),
    )
    expect(phrases.map(codesOf)).toEqual([['B00.1']])
  })

  it('a set of one word is a phrase', () => {
    const phrases = merge(
      draft('fever fevers', 'index', 'A00.1', { anyOrder: true }),
      draft('fever', 'title', 'B00.1'),
    )
    expect(phrases.map(phrase => phrase.anyOrder)).toEqual([false])
  })
})

describe('wordings that are two phrases', () => {
  it('have the same words in another order', () => {
    expect(
      merge(draft('mouse fever', 'title', 'A00.1'), draft('fever mouse', 'title', 'B00.1')),
    ).toHaveLength(2)
  })

  it('are a phrase and a set', () => {
    expect(
      merge(
        draft('mouse fever', 'title', 'A00.1'),
        draft('mouse fever', 'title', 'B00.1', { anyOrder: true }),
      ),
    ).toHaveLength(2)
  })
})
