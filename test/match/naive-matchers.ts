/**
 * The matchers as one would explain them to a child: every phrase is tried at every token, every set at every
 * place. Slow and obvious, they are what the trie and the word sets have to equal.
 */
import type { OverlapPolicy } from '../../src/match/trie.js'
import { SLACK_WORDS } from '../../src/match/word-sets.js'
import { GAP, type Tokens } from '../../src/model/document.js'

/** A phrase (1-based) in the tokens `[start, end)`. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly phrase: number
}

export interface FoundSet extends Found {
  readonly tokens: readonly number[]
}

export function matchNaively(
  phrases: readonly Uint32Array[],
  tokens: Tokens,
  barrier: number,
  policy: OverlapPolicy,
): Found[] {
  const all: Found[] = []
  for (let start = 0; start < tokens.count; start++) {
    const here = phrases.flatMap((phrase, i) =>
      standsAt(phrase, tokens, start, barrier) ? [{ start, end: start + phrase.length, phrase: i + 1 }] : [],
    )
    // Of equal phrases the first in the list keeps the place.
    all.push(
      ...here
        .filter((found, i) => here.findIndex(other => other.end === found.end) === i)
        .sort((a, b) => a.end - b.end),
    )
  }
  if (policy === 'all') return all
  const longest = all.filter(
    found => !all.some(other => other.start === found.start && other.end > found.end),
  )
  if (policy === 'longest') return longest
  const kept: Found[] = []
  for (const found of longest) if (found.start >= (kept.at(-1)?.end ?? 0)) kept.push(found)
  return kept
}

function standsAt(phrase: Uint32Array, { id, gap, count }: Tokens, start: number, barrier: number): boolean {
  if (phrase.length === 0 || start + phrase.length > count) return false
  return phrase.every(
    (word, i) => id[start + i] === word && (i === 0 || !((gap[start + i] as number) & barrier)),
  )
}

const LIST_GAP = GAP.comma | GAP.semicolon | GAP.colon | GAP.cell

/**
 * Sets in a sentence: at each token of the set's rarest word (counted in sets, its weight added), with the token of each
 * other word that is nearest to those found before (of two equally near the later; where that fails, the second word is
 * taken on the other side of the first), in at most {@link SLACK_WORDS} words more than the set has,
 * not over one of `breaks`, and not over a comma unless the words stand together and end their item, or are a line of their own.
 */
export function matchSetsNaively(
  sets: readonly Uint32Array[],
  weights: Uint32Array,
  tokens: Tokens,
  breaks: readonly number[],
): FoundSet[] {
  const found: FoundSet[] = []
  sets.forEach((set, i) => {
    const [anchor, ...others] = rareFirst(set, sets, weights)
    for (let token = 0; token < tokens.count; token++) {
      if (tokens.id[token] !== anchor) continue
      const sorted = seconds(token, others[0], set.length, tokens)
        .map(second => placesFrom([token, ...second], others.slice(second.length), tokens))
        .find(places => !places.includes(-1) && isClose(places, tokens, breaks))
      if (sorted === undefined) continue
      found.push({
        start: sorted[0] as number,
        end: (sorted.at(-1) as number) + 1,
        phrase: i + 1,
        tokens: sorted,
      })
    }
  })
  return found
}

/** Where the second word may stand: nearest to the anchor, and then nearest to it on the other side, both within reach. */
function seconds(anchor: number, word: number | undefined, size: number, tokens: Tokens): number[][] {
  if (word === undefined) return [[]]
  const reach = size + SLACK_WORDS - 1
  const first = nearest(word, [anchor], tokens)
  if (first < 0 || Math.abs(first - anchor) > reach) return []
  const across = Array.from({ length: tokens.count }, (_, token) => token)
    .filter(token => tokens.id[token] === word && token > anchor !== first > anchor)
    .filter(token => Math.abs(token - anchor) <= reach)
    .sort((a, b) => Math.abs(a - anchor) - Math.abs(b - anchor))
  return [[first], ...across.slice(0, 1).map(token => [token])]
}

function placesFrom(start: readonly number[], words: readonly number[], tokens: Tokens): number[] {
  const places = [...start]
  for (const word of words) places.push(nearest(word, places, tokens))
  return places.sort((a, b) => a - b)
}

/** The words of a set, those first that the fewest sets hold. */
function rareFirst(set: Uint32Array, sets: readonly Uint32Array[], weights: Uint32Array): number[] {
  const frequency = (word: number): number =>
    (weights[word] as number) + sets.filter(other => other.includes(word)).length
  return Array.from(set).sort((a, b) => frequency(a) - frequency(b) || a - b)
}

function nearest(word: number, found: readonly number[], { id, count }: Tokens): number {
  const low = Math.min(...found)
  const high = Math.max(...found)
  const away = (token: number): number => Math.max(0, low - token, token - high)
  const places = Array.from({ length: count }, (_, token) => token).filter(token => id[token] === word)
  return places.sort((a, b) => away(a) - away(b) || b - a)[0] ?? -1
}

/** The rules of distance and of lists, for the tokens of a set in order. */
export function isClose(
  places: readonly number[],
  { id, gap, count }: Tokens,
  breaks: readonly number[],
): boolean {
  const first = places[0] as number
  const last = places.at(-1) as number
  const reach = last - first + 1
  if (reach > places.length + SLACK_WORDS) return false
  const isTogether = reach === places.length
  for (let token = first; token <= last; token++)
    if (!places.includes(token) && breaks.includes(id[token] as number)) return false
  if (!Array.from(gap.slice(first + 1, last + 1)).some(flags => flags & LIST_GAP)) return true
  const edges = LIST_GAP | GAP.newline | GAP.item | GAP.period | GAP.sentence
  const closes = last + 1 === count || ((gap[last + 1] as number) & edges) !== 0
  const lines = GAP.newline | GAP.item | GAP.period | GAP.sentence | GAP.colon
  const opens = first === 0 || ((gap[first] as number) & lines) !== 0
  return closes && (isTogether || opens)
}
