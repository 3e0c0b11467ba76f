/**
 * Matches → mentions. Where matches share words, the one that covers more words wins, then the
 * hand-written over the publisher's, then the earlier; what shares half of its words with winners is
 * dropped. Fewer may be shared: "T2DM with CKD stage 3b" is a combination and a stage of its own. What wins
 * and is no condition ("chest pain clinic", RA as room air) is left out only then.
 */
import type { Sense } from '../model/dictionary.js'
import type { MatchBuffer } from '../match/match-buffer.js'
import type { Mention } from './mention.js'

/** A word's weight beyond its count: a hand-written phrase beats a publisher's of the same length. */
const SOURCE_WEIGHT: Readonly<Record<Sense['source'], number>> = {
  lexicon: 0.6,
  'lexicon-abbreviation': 0.6,
  abbreviation: 0.6,
  'lexicon-lay': 0.5,
  title: 0.4,
  'inclusion-term': 0.3,
  index: 0.2,
  'title-default': 0.1,
  'neoplasm-table': 0,
}

interface Found extends Mention {
  readonly weight: number
}

/**
 * `accept` says which senses of a match may stand here (capitals, cues, part of speech); a match
 * without any is dropped before the others are judged. `isAxisWord`: what an axis of a hand-written row
 * reads beside the mention (`left`); in a publisher's phrase ("burn, foot, left") no reason to prefer it.
 */
export function findMentions(
  matches: MatchBuffer,
  accept: (phrase: number, firstToken: number, endToken: number) => readonly Sense[],
  isCondition: (sense: Sense) => boolean = () => true,
  isAxisWord: (token: number) => boolean = () => false,
): Mention[] {
  const found: Found[] = []
  for (let row = 0; row < matches.count; row++) {
    const firstToken = matches.start[row] as number
    const endToken = matches.end[row] as number
    const phrase = matches.phrase[row] as number
    const senses = accept(phrase, firstToken, endToken)
    const [first] = senses
    if (first === undefined) continue
    const tokens = tokensOf(matches, row)
    found.push({
      firstToken,
      endToken,
      tokens,
      phrase,
      senses,
      weight: weigh(tokens, firstToken, endToken, first, isAxisWord),
    })
  }
  found.sort((a, b) => b.weight - a.weight || a.firstToken - b.firstToken || a.endToken - b.endToken)
  const taken = new Set<number>()
  const mentions: Mention[] = []
  for (const candidate of found) {
    const shared = candidate.tokens.filter(token => taken.has(token)).length
    if (shared * 2 >= candidate.tokens.length) continue
    for (const token of candidate.tokens) taken.add(token)
    if (candidate.senses.some(isCondition)) mentions.push(candidate)
  }
  return mentions.sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken)
}

/** Scattered words count less than words that stand together. */
function weigh(
  tokens: readonly number[],
  firstToken: number,
  endToken: number,
  sense: Sense,
  isAxisWord: (token: number) => boolean,
): number {
  const strangers = endToken - firstToken - tokens.length
  const read = sense.concept < 0 ? tokens.filter(isAxisWord).length : 0
  return tokens.length - read + SOURCE_WEIGHT[sense.source] - strangers * 0.15
}

function tokensOf(matches: MatchBuffer, row: number): number[] {
  const at = matches.placesAt[row] as number
  if (at < 0) {
    const start = matches.start[row] as number
    return Array.from({ length: (matches.end[row] as number) - start }, (_, i) => start + i)
  }
  return Array.from(matches.places.subarray(at + 1, at + 1 + (matches.places[at] as number)))
}
