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
  return withoutOverlaps(found)
    .filter(({ senses }) => senses.some(isCondition))
    .sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken)
}

/** `found`: what wins first. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  const taken = new Uint8Array(found.reduce((most, { endToken }) => Math.max(most, endToken), 0))
  return found.filter(({ tokens }) => {
    let shared = 0
    for (const token of tokens) shared += taken[token] as number
    if (shared * 2 >= tokens.length) return false
    for (const token of tokens) taken[token] = 1
    return true
  })
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
  let read = 0
  if (sense.concept < 0) for (const token of tokens) if (isAxisWord(token)) read++
  return tokens.length - read + SOURCE_WEIGHT[sense.source] - strangers * 0.15
}

function tokensOf(matches: MatchBuffer, row: number): number[] {
  const tokens: number[] = []
  const at = matches.placesAt[row] as number
  if (at < 0) {
    const end = matches.end[row] as number
    for (let token = matches.start[row] as number; token < end; token++) tokens.push(token)
    return tokens
  }
  const past = at + 1 + (matches.places[at] as number)
  for (let place = at + 1; place < past; place++) tokens.push(matches.places[place] as number)
  return tokens
}
