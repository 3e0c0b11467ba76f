/** Wordings that a rule demands → where one of them stands in the note, present and of the patient. */
import type { Assertion } from '../../model/assertion.js'
import type { Document } from '../../model/document.js'
import type { Evidence } from '../../model/result.js'
import { sentenceRange } from '../../text/sentence-at.js'
import { standsAt } from '../../text/stands-at.js'
import type { HoldsWord } from '../../text/words-of-note.js'
import type { Gathered } from '../gather.js'
import { holds } from '../holds.js'

export interface WordSearch {
  readonly document: Document
  readonly holdsWord: HoldsWord
  /** Of any tokens of the note, whether or not something was found in their sentence. */
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  readonly sectionAt: (offset: number) => string
}

/** `wordings`: ids of the words of each. `near`: only the sentences of its mentions. */
export function findWords(
  search: WordSearch,
  wordings: readonly (readonly number[])[],
  near: Gathered | undefined,
): Evidence | undefined {
  const { tokens, sentences } = search.document
  let ranges: readonly (readonly [number, number])[] | undefined
  for (const ids of wordings) {
    // A rule may name sixty drugs, a note names five.
    if (!search.holdsWord(ids[0] as number)) continue
    ranges ??=
      near === undefined
        ? [[0, tokens.count]]
        : near.proposals.map(({ mention }) => sentenceRange(sentences, mention.firstToken))
    for (const [first, past] of ranges) {
      const found = findIn(search, ids, first, past)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function findIn(
  { document, assertionOf, sectionAt }: WordSearch,
  ids: readonly number[],
  first: number,
  past: number,
): Evidence | undefined {
  const { start, end, id } = document.tokens
  for (let at = first; at + ids.length <= past; at++) {
    if (!standsAt(ids, at, id)) continue
    const behind = at + ids.length
    if (!holds(assertionOf(at, behind))) continue
    const from = start[at] as number
    const to = end[behind - 1] as number
    return {
      role: 'condition',
      start: from,
      end: to,
      text: document.text.slice(from, to),
      section: sectionAt(from),
    }
  }
  return undefined
}
