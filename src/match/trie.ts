/**
 * The token trie: phrases as paths of word ids, in level order, in three flat arrays.
 *
 *   node n is node[2n], its first edge, and node[2n + 1], the phrase that ends there, 1-based, or 0;
 *   its last edge stands before the first one of the node after it. Edge e carries word[e] and leads
 *   to node e + 1: level order makes that so, which saves a column of children.
 *
 * Restarting at every token costs 0.4–0.5 steps a token on notes, so there are no failure links; the
 * work is bounded by the length of the longest phrase. Knows nothing of codes or medicine.
 */
import type { Tokens } from '../model/document.js'
import type { MatchBuffer } from './match-buffer.js'
import {
  buildOpeningFilter,
  END,
  OpeningFilter,
  type OpeningFilterData,
  type Openings,
} from './opening-filter.js'

export interface TrieData extends OpeningFilterData {
  /** First edge and phrase of every node, and the end of the edges. */
  readonly node: Uint32Array
  /** Edge → word id. */
  readonly word: Uint32Array
  /** Word id → node below the root, 0 where no phrase starts with the word. */
  readonly root: Uint32Array
}

/**
 * `all`: every phrase at every place. `longest`: of those that start at one token the longest.
 * `leftmost-longest`: as `longest`, and the search goes on behind each match.
 */
export type OverlapPolicy = 'all' | 'longest' | 'leftmost-longest'

/** A phrase starts with the word. */
const BEGINS = 1
/** The word alone is a phrase. */
const ALONE = 2

/** Nodes with more edges are searched by halving. */
const LINEAR = 8

export class Trie {
  private readonly node: Uint32Array
  private readonly word: Uint32Array
  private readonly root: Uint32Array
  private readonly filter: OpeningFilter
  /**
   * Word id → {@link BEGINS} and {@link ALONE}: most words of a note are done with one of these bytes and
   * one or two bits of the filter, which stay in the cache where the root and the nodes do not.
   */
  readonly starts: Uint8Array

  constructor(data: TrieData) {
    const { node, root } = data
    this.node = node
    this.word = data.word
    this.root = root
    this.filter = new OpeningFilter(data)
    this.starts = Uint8Array.from(root, below =>
      below === 0 ? 0 : BEGINS | (node[2 * below + 1] === 0 ? 0 : ALONE),
    )
  }

  /** Appends the matches in `tokens`; no match crosses a gap that has a flag of `barrier`. */
  matchAll(tokens: Tokens, barrier: number, policy: OverlapPolicy, into: MatchBuffer): void {
    const { id, gap, count } = tokens
    const { root, node: nodes, starts } = this
    const wantsAll = policy === 'all'
    const jumps = policy === 'leftmost-longest'
    for (let token = 0; token < count; token++) {
      const first = id[token] as number
      const start = starts[first] as number
      if (start === 0) continue
      let end = token + 1
      const goesOn = end < count && this.mayGoOn(id, gap, count, barrier, token)
      if (!goesOn && start === BEGINS) continue
      let node = root[first] as number
      let phrase = nodes[2 * node + 1] as number
      if (wantsAll && phrase !== 0) into.add(token, end, phrase)
      const past = goesOn ? count : end
      // The walk is inlined: a call a token would cost a quarter of the speed.
      for (let next = end; next < past; next++) {
        if (nodes[2 * node] === nodes[2 * node + 2] || (gap[next] as number) & barrier) break
        node = this.step(node, id[next] as number)
        if (node === 0) break
        const found = nodes[2 * node + 1] as number
        if (found === 0) continue
        phrase = found
        end = next + 1
        if (wantsAll) into.add(token, end, phrase)
      }
      if (wantsAll || phrase === 0) continue
      into.add(token, end, phrase)
      if (jumps) token = end - 1
    }
  }

  /** Longest phrase from `token` on: `phrase * 16 + length`, or 0; at most 15 tokens. */
  longest(id: Int32Array, gap: Uint16Array, barrier: number, token: number, count: number): number {
    const first = id[token] as number
    const start = this.starts[first] as number
    if (start === 0) return 0
    const { node: nodes } = this
    const goesOn = token + 1 < count && this.mayGoOn(id, gap, count, barrier, token)
    if (!goesOn && start === BEGINS) return 0
    let node = this.root[first] as number
    const single = nodes[2 * node + 1] as number
    let found = single === 0 ? 0 : single * 16 + 1
    const last = goesOn ? Math.min(count, token + 15) : token
    for (let next = token + 1; next < last; next++) {
      if ((gap[next] as number) & barrier) break
      node = this.step(node, id[next] as number)
      if (node === 0) break
      const phrase = nodes[2 * node + 1] as number
      if (phrase !== 0) found = phrase * 16 + (next - token + 1)
    }
    return found
  }

  /** The phrase of exactly these words, 1-based, or 0. */
  phraseOf(words: readonly number[]): number {
    let node = words.length === 0 ? 0 : (this.root[words[0] as number] as number)
    for (let next = 1; next < words.length && node !== 0; next++)
      node = this.step(node, words[next] as number)
    return node === 0 ? 0 : (this.node[2 * node + 1] as number)
  }

  /** False: no phrase of two words or more begins at `token`, behind which another token stands. */
  private mayGoOn(id: Int32Array, gap: Uint16Array, count: number, barrier: number, token: number): boolean {
    const { filter } = this
    const first = id[token] as number
    const second = id[token + 1] as number
    if (!filter.mayBegin(first, second) || (gap[token + 1] as number) & barrier) return false
    const third =
      token + 2 < count && !((gap[token + 2] as number) & barrier) ? (id[token + 2] as number) : END
    return filter.mayGoOn(first, second, third)
  }

  /** The node behind `node` and `word`, or 0. */
  private step(node: number, word: number): number {
    const words = this.word
    let low = this.node[2 * node] as number
    let high = this.node[2 * node + 2] as number
    if (word === 0) return 0
    while (high - low > LINEAR) {
      const middle = (low + high) >>> 1
      if ((words[middle] as number) <= word) low = middle
      else high = middle
    }
    for (let edge = low; edge < high; edge++) if (words[edge] === word) return edge + 1
    return 0
  }
}

/**
 * Compiles phrases into a trie. `phrases[p]` holds word ids (> 0) of phrase p + 1; of equal phrases the
 * first keeps the place. `words`: one more than the largest word id.
 */
export function buildTrie(phrases: readonly Uint32Array[], words: number): TrieData {
  const order = phrases
    .map((_, i) => i)
    .sort((a, b) => comparePhrases(phrases[a] as Uint32Array, phrases[b] as Uint32Array))
  const size = phrases.reduce((sum, phrase) => sum + phrase.length, 0)
  const nodes = new Uint32Array(2 * size + 4)
  const word = new Uint32Array(size)
  // A node is a range of the sorted phrases that share their first `depth` words.
  let ranges: number[] = [0, order.length]
  let edges = 0
  let node = 0
  for (let depth = 0; ranges.length > 0; depth++) {
    const below: number[] = []
    for (let r = 0; r < ranges.length; r += 2) {
      nodes[2 * node] = edges
      const from = ranges[r] as number
      const until = ranges[r + 1] as number
      let at = from
      if (from < until && (phrases[order[from] as number] as Uint32Array).length === depth) {
        nodes[2 * node + 1] = (order[from] as number) + 1
        while (at < until && (phrases[order[at] as number] as Uint32Array).length === depth) at++
      }
      while (at < until) {
        const label = (phrases[order[at] as number] as Uint32Array)[depth] as number
        const start = at
        while (at < until && (phrases[order[at] as number] as Uint32Array)[depth] === label) at++
        word[edges++] = label
        below.push(start, at)
      }
      node++
    }
    ranges = below
  }
  nodes[2 * node] = edges
  const root = new Uint32Array(words)
  for (let edge = 0; edge < (nodes[2] as number); edge++) root[word[edge] as number] = edge + 1
  return {
    node: nodes.slice(0, 2 * node + 1),
    word: word.slice(0, edges),
    root,
    ...buildOpeningFilter(openingsOf(nodes, word, root)),
  }
}

/** The first words of all phrases, each opening once. */
function openingsOf(node: Uint32Array, word: Uint32Array, root: Uint32Array): Openings {
  const pairs: [number, number][] = []
  const triples: [number, number, number][] = []
  root.forEach((below, first) => {
    if (below === 0) return
    for (const edge of edgesOf(node, below)) {
      const second = word[edge] as number
      pairs.push([first, second])
      if (node[2 * edge + 3] !== 0) triples.push([first, second, END])
      for (const further of edgesOf(node, edge + 1)) triples.push([first, second, word[further] as number])
    }
  })
  return { pairs, triples }
}

function* edgesOf(node: Uint32Array, at: number): Iterable<number> {
  for (let edge = node[2 * at] as number; edge < (node[2 * at + 2] as number); edge++) yield edge
}

/** The same trie with other phrase numbers. */
export function renumberPhrases(data: TrieData, number: (phrase: number) => number): TrieData {
  const node = data.node.map((entry, at) => (at % 2 === 0 || entry === 0 ? entry : number(entry)))
  return { ...data, node }
}

function comparePhrases(left: Uint32Array, right: Uint32Array): number {
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) {
    const difference = (left[i] as number) - (right[i] as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
