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
  /** Group → its first set in `sets`; one entry more than there are groups. */
  readonly setFirst: Uint32Array
  /** A set: its phrase, 1-based, times 16 and the number of its further words; then these words. */
  readonly sets: Uint32Array
  /** Words over which no set reaches: `or` parts what stands on its sides, `not` denies what follows. */
  readonly breaks: Uint32Array
}

/** Other words that may stand between the words of a set (medspaCy and the gold sets agree on three). */
export const SLACK_WORDS = 3

/** Sets of more words than this are not built. */
export const LARGEST_SET = 12

/** Tokens that are searched at once: more than nearly every sentence has. */
export const LONGEST_PIECE = 80

export const COUNT_BITS = 4
const COUNT = (1 << COUNT_BITS) - 1

/** How far from its anchor a word of a set of `size` words may stand. */
function reachOf(size: number): number {
  return size + SLACK_WORDS - 1
}

const NO_TOKEN = -1
/** Size of the first look at whether a sentence holds a word; a power of two. */
const RECENT = 4096

/** The sentence under search. */
interface Stretch {
  readonly tokens: Tokens
  readonly from: number
  readonly until: number
}

export class WordSets {
  private readonly data: WordSetData
  /** Low bits of a word id → the sentence that last held such a word: small enough to stay in the first cache. */
  private readonly recent = new Uint8Array(RECENT)
  private epoch = 0
  /** Group → the low bits of its second word, in half the memory. */
  private readonly secondBits: Uint16Array
  /** Word id → 1 where it anchors sets. */
  private readonly anchorsSets: Uint8Array
  /** The tokens of the sentence under search that anchor sets. */
  private readonly anchors = new Int32Array(LONGEST_PIECE + 1)
  private readonly found = new Int32Array(LARGEST_SET)

  constructor(data: WordSetData) {
    this.data = data
    const { anchorFirst, second } = data
    this.secondBits = Uint16Array.from(second, word => word & (RECENT - 1))
    this.anchorsSets = Uint8Array.from({ length: anchorFirst.length - 1 }, (_, word) =>
      anchorFirst[word] === anchorFirst[word + 1] ? 0 : 1,
    )
  }

  /** Appends the sets found in the sentence of tokens `[from, until)`, of at most {@link LONGEST_PIECE}. */
  matchSentence(tokens: Tokens, from: number, until: number, into: MatchBuffer): void {
    const { anchorFirst } = this.data
    const { id } = tokens
    const { recent, anchors, anchorsSets, secondBits } = this
    const epoch = this.nextEpoch()
    // Written down without a branch: two of three words anchor nothing, and which ones cannot be foreseen.
    let anchoring = 0
    for (let token = from; token < until; token++) {
      const word = id[token] as number
      recent[word & (RECENT - 1)] = epoch
      anchors[anchoring] = token
      anchoring += anchorsSets[word] as number
    }
    for (let i = 0; i < anchoring; i++) {
      const anchor = anchors[i] as number
      const word = id[anchor] as number
      const last = anchorFirst[word + 1] as number
      for (let group = anchorFirst[word] as number; group < last; group++)
        if (recent[secondBits[group] as number] === epoch)
          this.matchGroup(group, anchor, { tokens, from, until }, into)
    }
  }

  private matchGroup(group: number, anchor: number, stretch: Stretch, into: MatchBuffer): void {
    const { second, setFirst, sets } = this.data
    const other = nearest(second[group] as number, anchor, reachOf(LARGEST_SET), stretch)
    if (other === NO_TOKEN) return
    const away = Math.abs(other - anchor)
    const past = setFirst[group + 1] as number
    for (let at = setFirst[group] as number; at < past;) {
      const header = sets[at] as number
      const further = header & COUNT
      if (away <= reachOf(2 + further) && this.mayHold(at + 1, further)) {
        const isComplete =
          this.completeFrom(anchor, other, at + 1, further, stretch) ||
          this.completeFrom(anchor, across(anchor, other, further, stretch), at + 1, further, stretch)
        if (isComplete) into.addScattered(this.found, 2 + further, header >>> COUNT_BITS)
      }
      at += 1 + further
    }
  }

  private completeFrom(
    anchor: number,
    other: number,
    at: number,
    further: number,
    stretch: Stretch,
  ): boolean {
    if (other === NO_TOKEN) return false
    this.found[0] = anchor
    this.found[1] = other
    return this.complete(at, 2 + further, stretch)
  }

  private nextEpoch(): number {
    if (++this.epoch === 256) {
      this.recent.fill(0)
      this.epoch = 1
    }
    return this.epoch
  }

  /** False: the sentence lacks one of the `count` words from `at` on. */
  private mayHold(at: number, count: number): boolean {
    const { recent, epoch } = this
    const { sets } = this.data
    for (let word = at; word < at + count; word++)
      if (recent[(sets[word] as number) & (RECENT - 1)] !== epoch) return false
    return true
  }

  /**
   * Whether the set of `size` words stands together: of each word the token nearest to those found before. `found` holds
   * the first two tokens and is left with all of them in ascending order; `at`: where the further words begin.
   */
  private complete(at: number, size: number, stretch: Stretch): boolean {
    const { found } = this
    const { sets } = this.data
    const { tokens } = stretch
    const reach = reachOf(size)
    let low = Math.min(found[0] as number, found[1] as number)
    let high = Math.max(found[0] as number, found[1] as number)
    for (let i = 2; i < size; i++) {
      const token = nearestToRange(sets[at + i - 2] as number, low, high, reach, stretch)
      if (token === NO_TOKEN) return false
      if (token < low) low = token
      if (token > high) high = token
      if (high - low > reach) return false
      found[i] = token
    }
    const isTogether = high - low + 1 === size
    if (!isTogether && this.holdsBreak(tokens, low, high, size)) return false
    if (crossesList(tokens, low, high) && !isOneItem(tokens, low, high, isTogether)) return false
    sortAscending(found, size)
    return true
  }

  /** Whether one of the strangers among the set's words is a break. */
  private holdsBreak({ id }: Tokens, low: number, high: number, size: number): boolean {
    const { breaks } = this.data
    for (let token = low + 1; token < high; token++)
      if (breaks.includes(id[token] as number) && !isUsed(this.found, size, token)) return true
    return false
  }
}

/**
 * The same word as at `other` on the far side of the anchor: in "cerebral infarction due to occlusion of the middle
 * cerebral artery" the nearer "cerebral" is not that of the artery.
 */
function across(anchor: number, other: number, further: number, { tokens, from, until }: Stretch): number {
  const { id } = tokens
  const reach = reachOf(2 + further)
  const step = other < anchor ? 1 : -1
  for (let away = 1; away <= reach; away++) {
    const token = anchor + step * away
    if (token < from || token >= until) return NO_TOKEN
    if (id[token] === id[other]) return token
  }
  return NO_TOKEN
}

/** Token of `word` nearest to `anchor`, at most `reach` tokens away; of two as near the later one. */
function nearest(word: number, anchor: number, reach: number, { tokens, from, until }: Stretch): number {
  const { id } = tokens
  for (let away = 1; away <= reach; away++) {
    if (anchor + away < until && id[anchor + away] === word) return anchor + away
    if (anchor - away >= from && id[anchor - away] === word) return anchor - away
  }
  return NO_TOKEN
}

/** Token of `word` in `[low, high]`, the last there, or else the one least away from it; of two as near the later one. */
function nearestToRange(
  word: number,
  low: number,
  high: number,
  reach: number,
  { tokens, from, until }: Stretch,
): number {
  const { id } = tokens
  for (let token = high - 1; token > low; token--) if (id[token] === word) return token
  for (let away = 1; away <= reach; away++) {
    if (high + away < until && id[high + away] === word) return high + away
    if (low - away >= from && id[low - away] === word) return low - away
  }
  return NO_TOKEN
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
