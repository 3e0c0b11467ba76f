/**
 * Note → folded bytes and class boundaries, in one pass without branches on the characters.
 *
 *   BP 120/80, s/p CABG        [bp] [120] [/] [80] [s] [/] [p] [cabg]
 *   ^^ ^^^ ^                    a run of letters and digits is a token, so is a run of symbols;
 *                               everything else stands between tokens (see gaps.ts)
 *
 * Only the places where the class changes are written down: the token loop reads the class of a stretch
 * from its first byte. A note is scanned block by block, so that the boundaries of a note of any size
 * stay in the cache between the two. `latin1` writing cuts a unit above 0xFF to its low byte, so notes
 * with such units are written out as UTF-16 and narrowed to bytes by a table of all units.
 */
import { BYTE_CLASS, CLASS, FOLD_LATIN1, foldTable } from './characters.js'
import { SLACK, type RawBlock, type Scratch } from './scratch.js'

/** Unit → folded byte, and its class in the second byte: one load a character. */
const LATIN1: Uint16Array = withClasses(FOLD_LATIN1)
const IDENTITY: Uint16Array = withClasses(Uint8Array.from({ length: 256 }, (_, byte) => byte))

/** In a one-byte string V8 answers this without looking at the characters. */
const BEYOND_LATIN1 = /[^\u0000-\u00ff]/

/** Characters a block has at least; it ends at the next separator. */
const BLOCK = 1 << 15

/** Makes ready for the blocks of `text`; answers whether all its units are Latin-1. */
export function beginScan(text: string, { folded }: Scratch): boolean {
  folded.fill(0, text.length, text.length + SLACK)
  return !BEYOND_LATIN1.test(text)
}

/** Where the block that begins at `from` ends: at a separator, or with the text. */
export function blockEnd(text: string, from: number): number {
  let at = from + BLOCK
  while (at < text.length && classOf(text.charCodeAt(at)) !== CLASS.separator) at++
  return Math.min(at, text.length)
}

function classOf(unit: number): number {
  const byte = unit < 256 ? FOLD_LATIN1[unit] : foldTable()[unit]
  return BYTE_CLASS[byte as number] as number
}

/** Fills `folded` and `bound` for `[from, to)`; answers the number of boundaries, `to` among them. */
export function scanBlock(
  text: string,
  from: number,
  to: number,
  isLatin1: boolean,
  scratch: Scratch,
): number {
  const { raw, foldedView, bound } = scratch
  raw.reserve(2 * (to - from + LANES))
  const block = from === 0 && to === text.length ? text : text.slice(from, to)
  if (isLatin1) writeBytes(block, raw)
  else narrow(block, foldTable(), raw)
  const bounds = markBoundaries(raw.view, foldedView, isLatin1 ? LATIN1 : IDENTITY, from, block.length, bound)
  bound[bounds] = to
  return bounds + 1
}

/**
 * Characters that a step of the loops takes with one load and one store: twice as fast as one by one.
 * Behind the end of a block they find separators, and write as many.
 */
const LANES = 4

function writeBytes(block: string, { bytes }: RawBlock): void {
  const { length } = block
  bytes.write(block, 0, length, 'latin1')
  for (let i = length; i < length + LANES; i++) bytes[i] = 0 // `fill` is a call out of the engine
}

/** UTF-16 units → folded bytes, in place: a byte never stands behind its unit. */
function narrow(block: string, fold: Uint8Array, { bytes, view }: RawBlock): void {
  const { length } = block
  bytes.write(block, 0, 2 * length, 'utf16le')
  bytes.fill(0, 2 * length, 2 * (length + LANES))
  for (let i = 0; i < length; i += LANES) {
    const two = view.getInt32(2 * i, true)
    const more = view.getInt32(2 * i + 4, true)
    const a = fold[two & 0xffff] as number
    const b = fold[two >>> 16] as number
    const c = fold[more & 0xffff] as number
    const d = fold[more >>> 16] as number
    view.setInt32(i, a | (b << 8) | (c << 16) | (d << 24), true)
  }
}

/** The hot loop. Every position is written down, and the next one takes its place unless the class has changed. */
function markBoundaries(
  raw: DataView,
  folded: DataView,
  table: Uint16Array,
  from: number,
  length: number,
  bound: Int32Array,
): number {
  let bounds = 0
  let previous = 0
  for (let i = 0; i < length; i += LANES) {
    const four = raw.getInt32(i, true)
    const a = table[four & 0xff] as number
    const b = table[(four >> 8) & 0xff] as number
    const c = table[(four >> 16) & 0xff] as number
    const d = table[four >>> 24] as number
    const at = from + i
    folded.setInt32(at, (a & 0xff) | ((b & 0xff) << 8) | ((c & 0xff) << 16) | (d << 24), true)
    bound[bounds] = at
    bounds += isChange(previous, a)
    bound[bounds] = at + 1
    bounds += isChange(a, b)
    bound[bounds] = at + 2
    bounds += isChange(b, c)
    bound[bounds] = at + 3
    bounds += isChange(c, d)
    previous = d
  }
  return bounds
}

/** Classes are 0, 1 and 2: 1 where those of two entries differ. */
function isChange(left: number, right: number): number {
  return (((left ^ right) >> 8) + 3) >> 2
}

function withClasses(fold: Uint8Array): Uint16Array {
  return Uint16Array.from(fold, byte => byte | ((BYTE_CLASS[byte] as number) << 8))
}
