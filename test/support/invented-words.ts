/**
 * A reader over a vocabulary that a test names: every word has an id of its own, nothing is folded
 * together, no heading is known. Comes with the small conversions that the case tables of `text/` and
 * `match/` need, so that a row of a table can be read aloud.
 */
import { GAP, type Document } from '../../src/model/document.js'
import { createReader, type Reader } from '../../src/text/reader.js'
import { buildVocabulary } from '../../src/text/vocabulary-build.js'
import { Vocabulary } from '../../src/text/vocabulary.js'
import { wordsOf } from '../../src/text/words.js'

export interface InventedWords {
  readonly read: Reader
  /** Folded words of a text as ids; an unknown word throws, because a test has forgotten it. */
  readonly idsOf: (text: string) => Uint32Array
  /** One more than the largest id. */
  readonly size: number
}

export function inventWords(...texts: readonly string[]): InventedWords {
  const ids = new Map<string, number>()
  for (const text of texts) for (const word of wordsOf(text)) if (!ids.has(word)) ids.set(word, ids.size + 1)
  const vocabulary = new Vocabulary(buildVocabulary(ids))
  const read = createReader({
    vocabulary,
    headings: { starts: new Uint8Array(ids.size + 1), longest: () => 0, idOf: () => 'none' },
  })
  const idOf = (word: string): number => {
    const id = ids.get(word)
    if (id === undefined) throw new RangeError(`the test has not named the word ${word}`)
    return id
  }
  return { read, idsOf: text => Uint32Array.from(wordsOf(text), idOf), size: ids.size + 1 }
}

/** The words of a document as they stand in the note. */
export function tokenTexts({ text, tokens }: Document): string[] {
  return Array.from({ length: tokens.count }, (_, token) =>
    text.slice(tokens.start[token], tokens.end[token]),
  )
}

/** Names of the flags before a token, in the order of {@link GAP}. */
export function gapNames({ tokens }: Document, token: number): string[] {
  return Object.entries(GAP).flatMap(([name, flag]) => ((tokens.gap[token] as number) & flag ? [name] : []))
}
