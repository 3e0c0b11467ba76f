/**
 * Word → id, by open addressing over flat arrays that live in the dictionary's snapshot.
 * A word of up to 16 bytes is its own key (four 32-bit loads, zero padded); of a longer one the key is
 * the first twelve bytes and a hash, and the rest is compared byte by byte, so a look-up is never wrong.
 * Several spellings may carry the same id: that is how plurals, British spellings and adjectives are
 * folded, when the dictionary is built and at no cost when a note is read.
 */

export interface VocabularyData {
  /** Slots × 4 key words. */
  readonly keys: Uint32Array
  /** Slot → word id, 0 for an empty slot. */
  readonly ids: Uint32Array
  /** Slot → 1 + offset of a long word (length byte, bytes) in `long`, 0 for a short one. */
  readonly longAt: Uint32Array
  readonly long: Uint8Array
}

export const SHORT_WORD = 16

/** Keeps the first `n` bytes of a little-endian 32-bit load, for n = 0…4. */
const KEEP = Uint32Array.of(0, 0xff, 0xffff, 0xffffff, 0xffffffff)

export function hashKey(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(c, 0xc2b2ae3d)
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39) ^ Math.imul(d, 0x27d4eb2f)
  return (hash ^ (hash >>> 16)) >>> 0
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
  private readonly keys: Uint32Array
  private readonly ids: Uint32Array
  private readonly longAt: Uint32Array
  private readonly long: Uint8Array
  private readonly mask: number

  constructor(data: VocabularyData) {
    this.keys = data.keys
    this.ids = data.ids
    this.longAt = data.longAt
    this.long = data.long
    this.mask = data.ids.length - 1
  }

  /** `view` spans the same memory as `bytes`, with 16 readable bytes past `end`. 0: no such word. */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start
    if (length > SHORT_WORD) return this.findLong(bytes, view, start, end)
    const a = view.getUint32(start, true) & (length >= 4 ? 0xffffffff : (KEEP[length] as number))
    let b = 0
    let c = 0
    let d = 0
    if (length > 4) {
      b = view.getUint32(start + 4, true) & (length >= 8 ? 0xffffffff : (KEEP[length - 4] as number))
      if (length > 8) {
        c = view.getUint32(start + 8, true) & (length >= 12 ? 0xffffffff : (KEEP[length - 8] as number))
        if (length > 12) d = view.getUint32(start + 12, true) & (KEEP[length - 12] as number)
      }
    }
    const { keys, ids, mask } = this
    let slot = hashKey(a, b, c, d) & mask
    for (;;) {
      const id = ids[slot] as number
      if (id === 0) return 0
      const at = slot << 2
      if (
        ((keys[at] as number) | 0) === (a | 0) &&
        ((keys[at + 1] as number) | 0) === (b | 0) &&
        ((keys[at + 2] as number) | 0) === (c | 0) &&
        ((keys[at + 3] as number) | 0) === (d | 0)
      )
        return id
      slot = (slot + 1) & mask
    }
  }

  private findLong(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const { keys, ids, mask } = this
    const a = view.getUint32(start, true)
    const b = view.getUint32(start + 4, true)
    const c = view.getUint32(start + 8, true)
    const d = hashLong(bytes, start, end)
    let slot = hashKey(a, b, c, d) & mask
    for (;;) {
      const id = ids[slot] as number
      if (id === 0) return 0
      const at = slot << 2
      if (
        keys[at] === a &&
        keys[at + 1] === b &&
        keys[at + 2] === c &&
        keys[at + 3] === d &&
        this.longWordIs(slot, bytes, start, end)
      )
        return id
      slot = (slot + 1) & mask
    }
  }

  private longWordIs(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.longAt[slot] as number
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
