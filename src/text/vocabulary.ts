/**
 * Word → id, by open addressing over one flat table that lives in the dictionary's snapshot.
 * A word of up to 16 bytes is its own key (four 32-bit loads, zero padded); of a longer one the key is
 * the first twelve bytes and a hash, and the rest is compared byte by byte, so a look-up is never wrong.
 * Several spellings may carry the same id: that is how plurals, British spellings and adjectives are
 * folded, when the dictionary is built and at no cost when a note is read.
 *
 *   slot   0…3 key   4 id, 0 for an empty slot   5 place of a long word   6, 7 unused
 *
 * A slot is half a cache line, so that a look-up that succeeds at once costs one miss.
 */

export interface VocabularyData {
  /** Slots of {@link SLOT} words; their number is a power of two. */
  readonly slots: Uint32Array
  /** Long words: a length byte and the bytes. A slot holds the offset of the first byte, at least 1. */
  readonly long: Uint8Array
}

export const SLOT_SHIFT = 3
export const SLOT = 1 << SLOT_SHIFT
export const SLOT_ID = 4
export const SLOT_LONG = 5
export const SHORT_WORD = 16

/** Length of a short word → what its four loads keep of their bytes. */
const KEEP: Int32Array = Int32Array.from({ length: (SHORT_WORD + 1) * 4 }, (_, at) => {
  const bytes = Math.min(4, Math.max(0, (at >> 2) - (at & 3) * 4))
  return bytes === 4 ? -1 : (1 << (8 * bytes)) - 1
})

/** The four products do not wait for one another; the last one spreads them over all bits. */
export function hashKey(a: number, b: number, c: number, d: number): number {
  const mixed =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d) ^ Math.imul(d, 0x27d4eb2f)
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 7
}

/** Set in the hash of every long word: folded bytes are ASCII, so no word of 16 bytes has such a key. */
const LONG_MARK = 0x80000000

/** FNV-1a over a long word; its place among the four key words is the last. */
export function hashLong(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return (hash | LONG_MARK) >>> 0
}

export class Vocabulary {
  private readonly slots: Uint32Array
  private readonly long: Uint8Array
  /** Picks the first word of a slot from a hash. */
  private readonly mask: number

  constructor(data: VocabularyData) {
    this.slots = data.slots
    this.long = data.long
    this.mask = data.slots.length - SLOT
  }

  /** `view` spans the same memory as `bytes`, with 16 readable bytes past `end`. 0: no such word. */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start
    if (length > SHORT_WORD) return this.findLong(bytes, view, start, end)
    // Four loads whatever the length: a branch on it would be mispredicted at every third word.
    const keep = length << 2
    const a = view.getInt32(start, true) & (KEEP[keep] as number)
    const b = view.getInt32(start + 4, true) & (KEEP[keep + 1] as number)
    const c = view.getInt32(start + 8, true) & (KEEP[keep + 2] as number)
    const d = view.getInt32(start + 12, true) & (KEEP[keep + 3] as number)
    const { slots, mask } = this
    let at = (hashKey(a, b, c, d) << SLOT_SHIFT) & mask
    for (;;) {
      const key = (slots[at] as number) | 0
      if (
        key === a &&
        ((slots[at + 1] as number) | 0) === b &&
        ((slots[at + 2] as number) | 0) === c &&
        ((slots[at + 3] as number) | 0) === d
      )
        return (slots[at + SLOT_ID] as number) | 0 // a small integer: no detour over a double
      if (key === 0) return 0 // no word begins with a zero byte
      at = (at + SLOT) & mask
    }
  }

  private findLong(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const { slots, mask } = this
    const a = view.getUint32(start, true)
    const b = view.getUint32(start + 4, true)
    const c = view.getUint32(start + 8, true)
    const d = hashLong(bytes, start, end)
    let at = (hashKey(a, b, c, d) << SLOT_SHIFT) & mask
    for (;;) {
      if (slots[at] === 0) return 0
      if (
        slots[at] === a &&
        slots[at + 1] === b &&
        slots[at + 2] === c &&
        slots[at + 3] === d &&
        this.longWordIs(slots[at + SLOT_LONG] as number, bytes, start, end)
      )
        return (slots[at + SLOT_ID] as number) | 0
      at = (at + SLOT) & mask
    }
  }

  private longWordIs(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (at === 0) return false
    const length = end - start
    if (this.long[at - 1] !== length) return false
    for (let i = 0; i < length; i++) if (this.long[at + i] !== bytes[start + i]) return false
    return true
  }

  /** Look-up of a word outside a note, as the dictionary's builder and the tests do. */
  idOf(word: string): number {
    const bytes = new Uint8Array(word.length + 32)
    for (let i = 0; i < word.length; i++) bytes[i] = word.charCodeAt(i)
    return this.find(bytes, new DataView(bytes.buffer), 0, word.length)
  }
}
