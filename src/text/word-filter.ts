/** A Bloom filter of two hash functions over words: who is a member is told, one of thirty others too. */

const BITS_A_WORD = 10
/** 32-bit words that a filter has at least. */
const SMALLEST = 64

export function buildWordFilter(words: Iterable<string>): Uint32Array {
  const hashes = Array.from(words, hashWord)
  let size = SMALLEST
  while (size * 32 < hashes.length * BITS_A_WORD) size *= 2
  const bits = new Uint32Array(size)
  for (const hash of hashes) {
    setBit(bits, hash)
    setBit(bits, secondOf(hash))
  }
  return bits
}

export function isMember(bits: Uint32Array, hash: number): boolean {
  return hasBit(bits, hash) && hasBit(bits, secondOf(hash))
}

/** FNV-1a, mixed once more so that its low bits depend on every letter. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4
}

export function hashWord(word: string): number {
  const bytes = Uint8Array.from(word, letter => letter.charCodeAt(0))
  return hashBytes(bytes, 0, bytes.length)
}

function secondOf(hash: number): number {
  return Math.imul(hash ^ 0x5bd1e995, 0x9e3779b1) >>> 4
}

function setBit(bits: Uint32Array, hash: number): void {
  const bit = hash & (bits.length * 32 - 1)
  bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31))
}

function hasBit(bits: Uint32Array, hash: number): boolean {
  const bit = hash & (bits.length * 32 - 1)
  return (((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1
}
