/**
 * Note → folded bytes and token boundaries, in one pass without branches on the characters.
 *
 *   BP 120/80, s/p CABG        [bp] [120] [/] [80] [s] [/] [p] [cabg]
 *   ^^ ^^^ ^                    a run of letters and digits is a token, a symbol is a token of its own,
 *                               everything else stands between tokens (see layout.ts)
 *
 * `latin1Write` cuts a unit above 0xFF to its low byte, so notes with such units take the slower loop
 * over `charCodeAt` and a table of all units.
 */
import { BYTE_CLASS, FOLD } from './characters.js'
import { SLACK, type Scratch } from './scratch.js'

const FOLD_LATIN1: Uint8Array = FOLD.slice(0, 256)
const IDENTITY: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte)

/** In a one-byte string V8 answers this without looking at the characters. */
const BEYOND_LATIN1 = /[^\u0000-\u00ff]/

/** Fills `folded`, `start` and `end`; answers the number of tokens. */
export function scan(text: string, scratch: Scratch): number {
  const { raw, folded, start, end } = scratch
  const length = text.length
  let table = FOLD_LATIN1
  if (BEYOND_LATIN1.test(text)) {
    for (let i = 0; i < length; i++) raw[i] = FOLD[text.charCodeAt(i)] as number
    table = IDENTITY
  } else {
    raw.write(text, 0, length, 'latin1')
  }
  return markBoundaries(raw, folded, table, length, start, end)
}

/** The hot loop: a token starts where the class changes, and at every symbol. */
function markBoundaries(
  raw: Uint8Array,
  folded: Uint8Array,
  table: Uint8Array,
  length: number,
  start: Int32Array,
  end: Int32Array,
): number {
  const classes = BYTE_CLASS
  let starts = 0
  let ends = 0
  let previous = 0
  for (let i = 0; i < length; i++) {
    const byte = table[raw[i] as number] as number
    folded[i] = byte
    const current = classes[byte] as number
    const edge = current === previous ? 0 : 1
    start[starts] = i
    starts += (current === 0 ? 0 : 1) & (edge | (current >> 1))
    end[ends] = i
    ends += (previous === 0 ? 0 : 1) & (edge | (previous >> 1))
    previous = current
  }
  if (ends < starts) end[ends] = length
  folded.fill(0, length, length + SLACK)
  return starts
}
