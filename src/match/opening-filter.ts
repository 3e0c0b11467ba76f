/**
 * Two Bloom filters of one hash function over the first words of all phrases. Most words of a note can begin a
 * phrase, most pairs of words begin none, and most pairs that do ("in the", "history of") are followed by
 * something else: one bit each in tables that stay in the cache says so, where the trie would have to
 * search the edges of its nodes.
 * B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970).
 */

export interface OpeningFilterData {
  /** Bits of the first two words of all phrases. */
  readonly pairs: Uint32Array
  /** Bits of the first three words; behind the phrases of two stands {@link END}. */
  readonly triples: Uint32Array
}

/** A phrase's first words as ids. */
export interface Openings {
  readonly pairs: Iterable<readonly [first: number, second: number]>
  readonly triples: Iterable<readonly [first: number, second: number, third: number]>
}

/** In the place of a third word: the phrase ends behind its second. No word has this id. */
export const END = 0

/** Bits an entry: an eighth of the bits are set, so seven of eight openings that no phrase has are told. */
const BITS_AN_ENTRY = 8
const LOG2_OF_WORD = 5

export class OpeningFilter {
  private readonly pairs: Uint32Array
  private readonly pairShift: number
  private readonly triples: Uint32Array
  private readonly tripleShift: number

  constructor({ pairs, triples }: OpeningFilterData) {
    this.pairs = pairs
    this.pairShift = shiftOf(pairs)
    this.triples = triples
    this.tripleShift = shiftOf(triples)
  }

  /** False: no phrase begins with these two words. */
  mayBegin(first: number, second: number): boolean {
    return hasBit(this.pairs, hashPair(first, second) >>> this.pairShift)
  }

  /** False: no phrase is these two words, and none begins with these three. `third`: {@link END} where there is none. */
  mayGoOn(first: number, second: number, third: number): boolean {
    const pair = hashPair(first, second)
    const { triples, tripleShift } = this
    return (
      hasBit(triples, hashPair(pair, third) >>> tripleShift) ||
      hasBit(triples, hashPair(pair, END) >>> tripleShift)
    )
  }
}

export function buildOpeningFilter({ pairs, triples }: Openings): OpeningFilterData {
  return {
    pairs: buildBits(Array.from(pairs, ([first, second]) => hashPair(first, second))),
    triples: buildBits(
      Array.from(triples, ([first, second, third]) => hashPair(hashPair(first, second), third)),
    ),
  }
}

/** The number of bits is a power of two, at least 32. */
function buildBits(hashes: readonly number[]): Uint32Array {
  let words = 1
  while (words << LOG2_OF_WORD < hashes.length * BITS_AN_ENTRY) words *= 2
  const bits = new Uint32Array(words)
  const shift = shiftOf(bits)
  for (const hash of hashes) {
    const bit = hash >>> shift
    bits[bit >>> LOG2_OF_WORD] = (bits[bit >>> LOG2_OF_WORD] as number) | (1 << (bit & 31))
  }
  return bits
}

/** How far to the right a hash is moved to be the place of a bit. */
function shiftOf(bits: Uint32Array): number {
  return 32 - LOG2_OF_WORD - Math.log2(bits.length)
}

function hasBit(bits: Uint32Array, bit: number): boolean {
  return (((bits[bit >>> LOG2_OF_WORD] as number) >>> (bit & 31)) & 1) === 1
}

function hashPair(first: number, second: number): number {
  return Math.imul(first ^ Math.imul(second + 1, 0x9e3779b1), 0x85ebca77)
}
