/**
 * A Bloom filter of one hash function over the first two words of all phrases. Most words of a note can begin a
 * phrase and most pairs of words begin none: one bit in a table that stays in the cache says so, where the
 * trie would have to search the edges of a node.
 * B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970).
 */

/** Bits a pair: an eighth of the bits are set, so seven of eight pairs that begin nothing are told. */
const BITS_A_PAIR = 8
const LOG2_OF_WORD = 5

/** Sets the bits of pairs of word ids; their number is a power of two, at least 32. */
export function buildPairFilter(pairs: readonly (readonly [first: number, second: number])[]): Uint32Array {
  let words = 1
  while (words << LOG2_OF_WORD < pairs.length * BITS_A_PAIR) words *= 2
  const bits = new Uint32Array(words)
  const shift = shiftOf(bits)
  for (const [first, second] of pairs) {
    const bit = hashPair(first, second) >>> shift
    bits[bit >>> LOG2_OF_WORD] = (bits[bit >>> LOG2_OF_WORD] as number) | (1 << (bit & 31))
  }
  return bits
}

/** How far to the right a hash is moved to be the place of a bit. */
export function shiftOf(bits: Uint32Array): number {
  return 32 - LOG2_OF_WORD - Math.log2(bits.length)
}

/** False: no phrase begins with these two words. */
export function mayBegin(bits: Uint32Array, shift: number, first: number, second: number): boolean {
  const bit = hashPair(first, second) >>> shift
  return (((bits[bit >>> LOG2_OF_WORD] as number) >>> (bit & 31)) & 1) === 1
}

function hashPair(first: number, second: number): number {
  return Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca77)
}
