/**
 * The reader's working memory: grown to the largest note seen, reused for every note, so that reading
 * allocates nothing per token. Columns are as in {@link Tokens}.
 */

/** Bytes past the end of a note that a word look-up may load. */
export const SLACK = 32

export interface Scratch {
  readonly capacity: number
  /** Folded bytes of the note, one a UTF-16 unit. */
  readonly folded: Uint8Array
  readonly foldedView: DataView
  readonly raw: RawBlock
  /** Places where the class of the characters changes. */
  readonly bound: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
  readonly id: Int32Array
  readonly gap: Uint16Array
  readonly sentenceFirst: Int32Array
  /** Tokens of unknown words, and -1 behind the last of them. */
  readonly unknown: Int32Array
}

/** Characters of the block under the scan, as they are written out of the string. */
export class RawBlock {
  bytes = Buffer.alloc(0)
  /** The same memory. */
  view = new DataView(new ArrayBuffer(0))

  /** Makes room for `size` bytes. */
  reserve(size: number): void {
    if (size <= this.bytes.length) return
    this.bytes = Buffer.alloc(size * 2)
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length)
  }
}

const SMALLEST = 1 << 15

export function createScratch(length: number): Scratch {
  let capacity = SMALLEST
  while (capacity < length + 2) capacity *= 2
  const folded = new Uint8Array(capacity + SLACK)
  return {
    capacity,
    folded,
    foldedView: new DataView(folded.buffer),
    raw: new RawBlock(),
    bound: new Int32Array(capacity + 2),
    start: new Int32Array(capacity + 1),
    end: new Int32Array(capacity + 1),
    id: new Int32Array(capacity + 1),
    gap: new Uint16Array(capacity + 1),
    sentenceFirst: new Int32Array(capacity + 2),
    unknown: new Int32Array(capacity + 2),
  }
}
