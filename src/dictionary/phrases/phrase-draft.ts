/** A phrase on its way into the dictionary: folded words and the one sense that its source gives it. */
import type { CodeSystem } from '../../model/code.js'
import type { PhraseSource } from '../../model/dictionary.js'
import { wordsOf } from '../../text/words.js'

export interface PhraseDraft {
  readonly words: readonly string[]
  /** Words in any order in one clause; otherwise together and in order. */
  readonly anyOrder: boolean
  readonly system: CodeSystem
  readonly source: PhraseSource
  /** Row of the lexicon, or -1. */
  readonly concept: number
  /** Code with dot, null where the concept's pattern decides. */
  readonly code: string | null
  readonly needsCapitals: boolean
}

/** Words that carry no meaning of their own in a set of words. `not` and `without` do: they make other codes. */
const EMPTY_WORDS = new Set(
  (
    'of the in with due to and or by for as at on from a an into than is are be this that which other others unspecified ' +
    'nec nos specified elsewhere classified any part type site sites'
  ).split(' '),
)
/** `type` matters before a number: "type 2", "type II". */
const KEPT_BEFORE_NUMBER = 'type'

/** "Not elsewhere classified", "not otherwise specified" say nothing of the patient. */
const QUALIFIED = new Set(['elsewhere', 'otherwise', 'specified', 'classified'])

export function contentWords(words: readonly string[]): string[] {
  return words.filter((word, i) => {
    const next = words[i + 1] ?? ''
    if (word === KEPT_BEFORE_NUMBER) return /^([0-9]|i|ii|iii|iv)$/.test(next)
    if (word === 'not') return !QUALIFIED.has(next)
    return !EMPTY_WORDS.has(word) && /[a-z0-9]/.test(word)
  })
}

export function fixedPhrase(text: string, sense: Omit<PhraseDraft, 'words' | 'anyOrder'>): PhraseDraft {
  return { ...sense, words: wordsOf(text), anyOrder: false }
}

/** The content words of `text` as a set; a single word becomes a fixed phrase, none at all is undefined. */
export function wordSet(
  text: string | readonly string[],
  sense: Omit<PhraseDraft, 'words' | 'anyOrder'>,
): PhraseDraft | undefined {
  const words = [...new Set(contentWords(typeof text === 'string' ? wordsOf(text) : text))]
  if (words.length === 0) return undefined
  return { ...sense, words, anyOrder: words.length > 1 }
}
