/**
 * What stands between two tokens, as {@link GAP} flags.
 *
 *   DM2, HTN.\n\n2) gout        before `htn`: comma · before `2`: period, blank line · before `gout`: item
 *      ^   ^^^^^ ^
 *
 * A period or colon counts only where it can end something: followed by white space, a line break or a
 * capital. `7.4`, `b.i.d.` and `12:30` are held together.
 */
import { GAP } from '../model/document.js'
import { BULLET } from './characters.js'

const NEWLINE = 0x0a
const RETURN = 0x0d
const TAB = 0x09
const SPACE = 0x20
const COMMA = 0x2c
const HYPHEN = 0x2d
const PERIOD = 0x2e
const COLON = 0x3a
const SEMICOLON = 0x3b
const EXCLAMATION = 0x21
const BAR = 0x7c
const STAR = 0x2a

/** Flags of the characters whose neighbours do not matter. */
const FIXED: Uint16Array = buildFixed()

function buildFixed(): Uint16Array {
  const flags = new Uint16Array(256)
  flags[COMMA] = GAP.comma
  flags[HYPHEN] = GAP.hyphen
  flags[SEMICOLON] = GAP.semicolon
  flags[EXCLAMATION] = GAP.period
  flags[BAR] = GAP.cell
  flags[TAB] = GAP.cell
  for (const sign of '()[]{}') flags[sign.charCodeAt(0)] = GAP.paren
  flags[0x22] = GAP.quote
  flags[BULLET] = GAP.item
  return flags
}

/** Dots that lead from a label to its value: `Fever ..... No`. */
const LEADER = 4

/** Four blanks are a column; two may follow a period, three are what is left of a wrapped line. */
const CELL_BLANKS = 4

/**
 * Flags of `folded[from, to)`, the stretch between two tokens; `to` is where the next token starts.
 * One sign with up to two blanks behind it, as nearly all gaps are, is looked up.
 */
export function gapFlags(folded: Uint8Array, from: number, to: number): number {
  const first = folded[from] as number
  switch (to - from) {
    case 0:
      return GAP.tight
    case 1:
      return SIGN[first] as number
    case 2:
      return folded[from + 1] === SPACE ? (SIGN_BLANK[first] as number) : readGap(folded, from, to)
    case 3:
      return folded[from + 1] === SPACE && folded[from + 2] === SPACE
        ? (SIGN_BLANKS[first] as number)
        : readGap(folded, from, to)
    default:
      return readGap(folded, from, to)
  }
}

function readGap(folded: Uint8Array, from: number, to: number): number {
  let flags = 0
  let newlines = 0
  let blanks = 0
  let lineHasBullet = false
  for (let i = from; i < to; i++) {
    const byte = folded[i] as number
    if (byte === SPACE) {
      if (++blanks === CELL_BLANKS && newlines === 0) flags |= GAP.cell
      continue
    }
    blanks = 0
    if (byte === NEWLINE || (byte === RETURN && folded[i + 1] !== NEWLINE)) newlines++
    else if (byte === PERIOD && isLeader(folded, i, to)) {
      flags |= GAP.colon
      while (folded[i + 1] === PERIOD) i++
    } else if (byte === PERIOD) flags |= endsHere(folded, i, to) ? GAP.period : GAP.tight
    else if (byte === COLON) flags |= endsHere(folded, i, to) || newlines > 0 ? GAP.colon : GAP.tight
    else if (byte !== RETURN) {
      flags |= FIXED[byte] as number
      if (newlines > 0 && (byte === HYPHEN || byte === STAR || byte === BULLET)) lineHasBullet = true
    }
  }
  // `pain?..` at the end of a line: a period holds words together only where nothing else parts them.
  if (newlines > 0) flags = (flags & ~GAP.tight) | GAP.newline
  if (newlines > 1) flags |= GAP.blankLine
  if (lineHasBullet && isBulletLine(folded, to)) flags = (flags & ~GAP.hyphen) | GAP.item
  return flags
}

/** First character → flags of a gap of it alone, with one blank, with two blanks. */
export const SIGN = flagsOfShortGaps(0)
const SIGN_BLANK = flagsOfShortGaps(1)
const SIGN_BLANKS = flagsOfShortGaps(2)

function flagsOfShortGaps(blanks: number): Uint16Array {
  const gap = new Uint8Array(blanks + 2).fill(SPACE)
  gap[blanks + 1] = 0x61
  return Uint16Array.from({ length: 256 }, (_, sign) => {
    gap[0] = sign
    return readGap(gap, 0, blanks + 1)
  })
}

function isLeader(folded: Uint8Array, at: number, to: number): boolean {
  if (at + LEADER > to) return false
  for (let i = at; i < at + LEADER; i++) if (folded[i] !== PERIOD) return false
  return true
}

/** Whether the mark at `at` is followed by white space or by nothing more before the next token. */
function endsHere(folded: Uint8Array, at: number, to: number): boolean {
  const next = folded[at + 1] as number
  if (at + 1 < to)
    return (
      next === SPACE || next === NEWLINE || next === RETURN || next === TAB || next === 0x22 || next === 0x29
    )
  return false
}

/** `- item`: the bullet is followed by a blank; `-item` is not a bullet. */
function isBulletLine(folded: Uint8Array, to: number): boolean {
  const before = folded[to - 1]
  return before === SPACE || before === TAB || before === BULLET
}
