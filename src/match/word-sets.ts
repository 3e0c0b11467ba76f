/**
 * Phrases whose words may stand in any order in one clause, as the Alphabetic Index is read:
 * main term and subterms, with up to {@link SLACK_WORDS} other words among them.
 *
 *   "failure, heart, systolic"     found in   "acute on chronic systolic heart failure"
 *
 * A set is filed under its anchor, the word that the fewest sets contain, and there under its second
 * rarest word. For each token that anchors sets, those second words are looked for in the sentence;
 * nearly all fail there, at the cost of two loads and a compare.
 */
import { GAP, type Tokens } from '../model/document.js'
import type { MatchBuffer } from './match-buffer.js'

export interface WordSetData {
  /** Word id → first group of sets that it anchors; one entry more than there are words. */
  readonly anchorFirst: Uint32Array
  /** Group → the second rarest word of its sets. */
  readonly second: Uint32Array
  /** Group → its first set; one entry more than there are groups. */
  readonly setFirst: Uint32Array
  /** Set → first of its further words in `rest`; one entry more than there are sets. */
  readonly restFirst: Uint32Array
  readonly rest: Uint32Array
  /** Set → phrase, 1-based. */
  readonly phrase: Uint32Array
  /** Words over which no set reaches: `or` parts what stands on its sides, `not` denies what follows. */
  readonly breaks: Uint32Array
}

/** Other words that may stand between the words of a set (medspaCy and the gold sets agree on three). */
export const SLACK_WORDS = 3

/** Sets of more words than this are not built. */
export const LARGEST_SET = 12

const NO_TOKEN = -1
/** Size of the first look at whether a sentence holds a word; a power of two. */
const RECENT = 4096

export class WordSets {
  private readonly data: WordSetData
  /** Word id → 1 + index of its last token in the sentence under search, offset by `base`. */
  private readonly lastSeen: Int32Array
  private base = 0
  /** Low bits of a word id → the sentence that last held such a word: small enough to stay in the first cache. */
  private readonly recent = new Uint8Array(RECENT)
  private epoch = 0
  /** Token (relative) → previous token of the same word in the sentence, or -1. */
  private previousSame = new Int32Array(1024)
  private readonly found = new Int32Array(LARGEST_SET)

  constructor(data: WordSetData) {
    this.data = data
    this.lastSeen = new Int32Array(data.anchorFirst.length)
  }

  /** Appends the sets found in the sentence of tokens `[from, until)`. */
  matchSentence(tokens: Tokens, from: number, until: number, into: MatchBuffer): void {
    const { anchorFirst, second } = this.data
    const { id } = tokens
    const { recent } = this
    const epoch = this.nextEpoch()
    for (let token = from; token < until; token++) recent[(id[token] as number) & (RECENT - 1)] = epoch
    let isNoted = false
    for (let token = from; token < until; token++) {
      const word = id[token] as number
      const last = anchorFirst[word + 1] as number
      for (let group = anchorFirst[word] as number; group < last; group++) {
        if (recent[(second[group] as number) & (RECENT - 1)] !== epoch) continue
        // Most sentences never come here, and are spared the exact record.
        if (!isNoted) this.note(tokens, from, until)
        isNoted = true
        this.matchGroup(group, token, from, tokens, into)
      }
    }
  }

  private matchGroup(group: number, anchor: number, from: number, tokens: Tokens, into: MatchBuffer): void {
    const { second, setFirst, restFirst } = this.data
    const other = second[group] as number
    if ((this.lastSeen[other] as number) <= this.base) return
    for (let set = setFirst[group] as number; set < (setFirst[group + 1] as number); set++)
      if (restFirst[set] === restFirst[set + 1] || this.hasRest(set))
        this.complete(set, other, anchor, from, tokens, into)
  }

  private nextEpoch(): number {
    if (++this.epoch === 256) {
      this.recent.fill(0)
      this.epoch = 1
    }
    return this.epoch
  }

  /** Records where each word of the sentence stands. */
  private note(tokens: Tokens, from: number, until: number): void {
    const { id } = tokens
    const length = until - from
    if (this.previousSame.length < length) this.previousSame = new Int32Array(length * 2)
    this.base += this.lastLength
    if (this.base > 1 << 30) {
      this.lastSeen.fill(0)
      this.base = 0
    }
    this.lastLength = length
    const { lastSeen, previousSame, base } = this
    for (let i = 0; i < length; i++) {
      const word = id[from + i] as number
      if (word === 0) continue
      const seen = (lastSeen[word] as number) - base - 1
      previousSame[i] = seen >= 0 ? seen : NO_TOKEN
      lastSeen[word] = base + 1 + i
    }
  }
  private lastLength = 0

  private hasRest(set: number): boolean {
    const { restFirst, rest } = this.data
    for (let at = restFirst[set] as number; at < (restFirst[set + 1] as number); at++)
      if ((this.lastSeen[rest[at] as number] as number) <= this.base) return false
    return true
  }

  /** All words stand in the sentence: takes those nearest to the anchor, if they are near enough. */
  private complete(
    set: number,
    other: number,
    anchor: number,
    from: number,
    tokens: Tokens,
    into: MatchBuffer,
  ): void {
    const { restFirst, rest, phrase } = this.data
    const { found } = this
    const restStart = restFirst[set] as number
    const size = 2 + (restFirst[set + 1] as number) - restStart
    const reach = size + SLACK_WORDS
    found[0] = anchor
    let low = anchor
    let high = anchor
    for (let i = 1; i < size; i++) {
      const word = (i === 1 ? other : rest[restStart + i - 2]) as number
      const token = this.nearest(word, anchor, from, i)
      if (token === NO_TOKEN) return
      if (token < low) low = token
      if (token > high) high = token
      if (high - low + 1 > reach) return
      found[i] = token
    }
    const isTogether = high - low + 1 === size
    if (!isTogether && this.holdsBreak(tokens, low, high, size)) return
    if (crossesList(tokens, low, high) && !isOneItem(tokens, low, high, isTogether)) return
    sortAscending(found, size)
    into.addScattered(found, size, phrase[set] as number)
  }

  /** Whether one of the strangers among the set's words is a break. */
  private holdsBreak({ id }: Tokens, low: number, high: number, size: number): boolean {
    const { breaks } = this.data
    for (let token = low + 1; token < high; token++)
      if (breaks.includes(id[token] as number) && !isUsed(this.found, size, token)) return true
    return false
  }

  /** Token of `word` nearest to `anchor` that the set does not use yet (sets may hold a word twice). */
  private nearest(word: number, anchor: number, from: number, used: number): number {
    let best = NO_TOKEN
    let distance = Number.MAX_SAFE_INTEGER
    for (
      let i = (this.lastSeen[word] as number) - this.base - 1;
      i >= 0;
      i = this.previousSame[i] as number
    ) {
      const token = from + i
      const away = Math.abs(token - anchor)
      if (away >= distance) {
        if (token < anchor) break
        continue
      }
      if (isUsed(this.found, used, token)) continue
      best = token
      distance = away
    }
    return best
  }
}

function isUsed(found: Int32Array, used: number, token: number): boolean {
  for (let i = 0; i < used; i++) if (found[i] === token) return true
  return false
}

const LIST_GAP = GAP.comma | GAP.semicolon | GAP.colon | GAP.cell

/** A set does not reach over a comma into another item of a list. */
function crossesList(tokens: Tokens, low: number, high: number): boolean {
  for (let token = low + 1; token <= high; token++) if ((tokens.gap[token] as number) & LIST_GAP) return true
  return false
}

const LINE_EDGE = GAP.newline | GAP.item | GAP.period | GAP.sentence | GAP.colon
const ITEM_EDGE = LIST_GAP | LINE_EDGE

/**
 * `acute sinusitis, maxillary.` is one item whose qualifier stands behind; `sinusitis, maxillary pain` is two.
 * With strangers among its words only a whole line is one: `Osteoarthritis, right knee`.
 */
function isOneItem({ gap, count }: Tokens, low: number, high: number, isTogether: boolean): boolean {
  const opens = low === 0 || ((gap[low] as number) & LINE_EDGE) !== 0
  const ends = high + 1 === count || ((gap[high + 1] as number) & ITEM_EDGE) !== 0
  return ends && (isTogether || opens)
}

function sortAscending(values: Int32Array, length: number): void {
  for (let i = 1; i < length; i++) {
    const value = values[i] as number
    let at = i - 1
    while (at >= 0 && (values[at] as number) > value) {
      values[at + 1] = values[at] as number
      at--
    }
    values[at + 1] = value
  }
}

/**
 * Compiles sets. `sets[s]` holds the distinct word ids of phrase `phrases[s]` (1-based), at least two.
 * `weights`: word id → what makes the word a worse anchor than its number of sets says; its length is
 * one more than the largest word id. `breaks`: word ids over which no set reaches.
 */
export function buildWordSets(
  sets: readonly Uint32Array[],
  phrases: readonly number[],
  weights: Uint32Array,
  breaks: Uint32Array,
): WordSetData {
  const words = weights.length
  const frequency = weights.slice()
  for (const set of sets) for (const word of set) frequency[word] = (frequency[word] as number) + 1
  const rareFirst = sets.map(set =>
    Array.from(set).sort((a, b) => (frequency[a] as number) - (frequency[b] as number) || a - b),
  )
  const order = rareFirst
    .map((_, i) => i)
    .sort((a, b) => compareLists(rareFirst[a] as number[], rareFirst[b] as number[]) || a - b)
  const anchorFirst = new Uint32Array(words + 1)
  const second: number[] = []
  const setFirst: number[] = []
  const restFirst = new Uint32Array(sets.length + 1)
  const rest: number[] = []
  const phrase = new Uint32Array(sets.length)
  order.forEach((source, set) => {
    const [anchor, other, ...further] = rareFirst[source] as [number, number, ...number[]]
    const before = set === 0 ? undefined : rareFirst[order[set - 1] as number]
    if (before?.[0] !== anchor || before[1] !== other) {
      second.push(other)
      setFirst.push(set)
    }
    anchorFirst[anchor + 1] = second.length
    rest.push(...further)
    restFirst[set + 1] = rest.length
    phrase[set] = phrases[source] as number
  })
  for (let word = 1; word <= words; word++)
    anchorFirst[word] = Math.max(anchorFirst[word] as number, anchorFirst[word - 1] as number)
  setFirst.push(sets.length)
  return {
    anchorFirst,
    second: Uint32Array.from(second),
    setFirst: Uint32Array.from(setFirst),
    restFirst,
    rest: Uint32Array.from(rest),
    phrase,
    breaks,
  }
}

function compareLists(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as number) - (right[i] as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
