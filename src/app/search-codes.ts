/**
 * Codes by words: every word asked for must stand in the title or in one wording of the lexicon, folded as in notes
 * (plurals, British spelling, synonyms of words). Fewer other words, and billable before header, come first.
 */
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { wordsOf } from '../text/words.js'
import type { CodeLine } from './code-page.js'
import type { LexiconWords } from './lexicon-words.js'

export interface SearchHit extends CodeLine {
  readonly system: 'icd10cm'
  /** The wording of the lexicon that was found, where the title is not better. */
  readonly lexicon: string | null
}

export interface SearchRequest {
  readonly words: string
  readonly limit: number
}

/** A scan over all titles: 100,000 in about 0.2 s, which needs no index. */
export function searchCodes(
  { catalogue, vocabulary }: Dictionary,
  lexicon: LexiconWords,
  { words, limit }: SearchRequest,
): SearchHit[] {
  const asked = [...new Set(wordsOf(words))]
  const known = new Map<string, number>()
  const idOf = (word: string): number => {
    const seen = known.get(word)
    if (seen !== undefined) return seen
    const id = vocabulary.idOf(word)
    known.set(word, id)
    return id
  }
  const isSame = (one: string, other: string): boolean =>
    one === other || (idOf(one) !== 0 && idOf(one) === idOf(other))
  const rate = (wording: string): number => othersIn(wordsOf(wording), asked, isSame)
  const hits: { readonly entry: number; readonly others: number; readonly lexicon: string | null }[] = []
  for (let entry = 0; asked.length > 0 && entry < catalogue.size; entry++) {
    let others = rate(catalogue.title(entry))
    let found: string | null = null
    for (const wording of lexicon.get(catalogue.code(entry)) ?? []) {
      const inWording = rate(wording)
      if (inWording >= others) continue
      others = inWording
      found = wording
    }
    if (others < Infinity) hits.push({ entry, others, lexicon: found })
  }
  const penalty = (entry: number) => (catalogue.isBillable(entry) ? 0 : 1)
  hits.sort(
    (left, right) =>
      left.others - right.others || penalty(left.entry) - penalty(right.entry) || left.entry - right.entry,
  )
  return hits.slice(0, limit).map(({ entry, lexicon: wording }) => ({
    system: 'icd10cm',
    code: catalogue.code(entry),
    display: catalogue.title(entry),
    billable: catalogue.isBillable(entry),
    lexicon: wording,
  }))
}

/** How many words stand beside those asked for; infinite where one of those is missing. */
function othersIn(
  words: readonly string[],
  asked: readonly string[],
  isSame: (one: string, other: string) => boolean,
): number {
  const isComplete = asked.every(word => words.some(other => isSame(word, other)))
  return isComplete ? words.length - asked.length : Infinity
}
