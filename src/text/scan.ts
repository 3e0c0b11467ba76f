/**
 * Note → folded bytes and class boundaries, in one pass without branches on the characters.
 *
 *   BP 120/80, s/p CABG        [bp] [120] [/] [80] [s] [/] [p] [cabg]
 *   ^^ ^^^ ^                    a run of letters and digits is a token, so is a run of symbols;
 *                               everything else stands between tokens (see gaps.ts)
 *
 * Only the places where the class changes are written down: the token loop reads the class of a stretch
 * from its first byte. `latin1` writing cuts a unit above 0xFF to its low byte, so notes with such units
 * take the slower loop over `charCodeAt` and a table of all units.
 */
import { BYTE_CLASS, FOLD_LATIN1, foldTable } from './characters.js'
import { SLACK, type Scratch } from './scratch.js'

/** Unit → folded byte, and its class in the second byte: one load a character. */
const LATIN1: Uint16Array = withClasses(FOLD_LATIN1)
const IDENTITY: Uint16Array = withClasses(Uint8Array.from({ length: 256 }, (_, byte) => byte))

/** In a one-byte string V8 answers this without looking at the characters. */
const BEYOND_LATIN1 = /[^\u0000-\u00ff]/

/** Fills `folded` and `bound`; answers the number of boundaries, the end of the text among them. */
export function scan(text: string, scratch: Scratch): number {
  const { raw, folded, bound } = scratch
  const length = text.length
  let table = LATIN1
  if (BEYOND_LATIN1.test(text)) {
    const fold = foldTable()
    for (let i = 0; i < length; i++) raw[i] = fold[text.charCodeAt(i)] as number
    table = IDENTITY
  } else {
    raw.write(text, 0, length, 'latin1')
  }
  const bounds = markBoundaries(raw, folded, table, length, bound)
  bound[bounds] = length
  folded.fill(0, length, length + SLACK)
  return bounds + 1
}

/** The hot loop: writes every position, and moves on where the class has changed. */
function markBoundaries(
  raw: Uint8Array,
  folded: Uint8Array,
  table: Uint16Array,
  length: number,
  bound: Int32Array,
): number {
  let bounds = 0
  let previous = 0
  for (let i = 0; i < length; i++) {
    const entry = table[raw[i] as number] as number
    folded[i] = entry
    const current = entry >> 8
    bound[bounds] = i
    bounds += ((current ^ previous) + 3) >> 2 // classes are 0, 1 and 2: 1 where they differ
    previous = current
  }
  return bounds
}

function withClasses(fold: Uint8Array): Uint16Array {
  return Uint16Array.from(fold, byte => byte | ((BYTE_CLASS[byte] as number) << 8))
}
