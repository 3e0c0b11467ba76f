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

/** A match that may stand. Its tokens stay in the buffer until it has won: most matches lose to longer ones. */
interface Found {
  readonly row: number
  readonly firstToken: number
  readonly endToken: number
  readonly senses: readonly Sense[]
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
    const senses = accept(matches.phrase[row] as number, firstToken, endToken)
    const [first] = senses
    if (first === undefined) continue
    found.push({ row, firstToken, endToken, senses, weight: weigh(matches, row, first, isAxisWord) })
  }
  found.sort((a, b) => b.weight - a.weight || a.firstToken - b.firstToken || a.endToken - b.endToken)
  return withoutOverlaps(found, matches)
    .filter(({ senses }) => senses.some(isCondition))
    .sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken)
}

/** `found`: what wins first. */
function withoutOverlaps(found: readonly Found[], matches: MatchBuffer): Mention[] {
  const taken = new Uint8Array(found.reduce((most, { endToken }) => Math.max(most, endToken), 0))
  const mentions: Mention[] = []
  for (const { row, firstToken, endToken, senses } of found) {
    const count = matches.tokenCount(row)
    let shared = 0
    for (let i = 0; i < count; i++) shared += taken[matches.tokenAt(row, i)] as number
    if (shared * 2 >= count) continue
    const tokens: number[] = []
    for (let i = 0; i < count; i++) tokens.push(matches.tokenAt(row, i))
    for (const token of tokens) taken[token] = 1
    mentions.push({ firstToken, endToken, tokens, phrase: matches.phrase[row] as number, senses })
  }
  return mentions
}

/** Scattered words count less than words that stand together. */
function weigh(
  matches: MatchBuffer,
  row: number,
  sense: Sense,
  isAxisWord: (token: number) => boolean,
): number {
  const count = matches.tokenCount(row)
  const strangers = (matches.end[row] as number) - (matches.start[row] as number) - count
  let read = 0
  if (sense.concept < 0) for (let i = 0; i < count; i++) if (isAxisWord(matches.tokenAt(row, i))) read++
  return count - read + SOURCE_WEIGHT[sense.source] - strangers * 0.15
}
