/**
 * Note → token columns, scanned block by block: word ids and gap flags, the possessive `'s` swallowed, list
 * numbers marked. Works in place on the scratch columns; answers the number of tokens kept.
 */
import { GAP } from '../model/document.js'
import { BYTE_CLASS, CLASS, COMBINING } from './characters.js'
import { gapFlags, SIGN } from './gaps.js'
import { beginScan, blockEnd, scanBlock } from './scan.js'
import type { Scratch } from './scratch.js'
import type { Vocabulary } from './vocabulary.js'

const APOSTROPHE = 0x27
const LETTER_S = 0x73
const NEWLINE = 0x0a
const LONGEST_LIST_NUMBER = 2

/** `afterBlock`: told the tokens `[first, past)` of each block, in order, while they are still in the cache. */
export function tokenize(
  text: string,
  vocabulary: Vocabulary,
  scratch: Scratch,
  afterBlock?: (first: number, past: number) => void,
): number {
  const isLatin1 = beginScan(text, scratch)
  const walk: Walk = {
    text,
    vocabulary,
    scratch,
    mayHoldAccents: !isLatin1,
    kept: 0,
    unknown: 0,
    previousEnd: 0,
  }
  for (let from = 0; from < text.length;) {
    const to = blockEnd(text, from)
    const first = walk.kept
    takeTokens(walk, scanBlock(text, from, to, isLatin1, scratch))
    afterBlock?.(first, walk.kept)
    from = to
  }
  markEnd(text.length, walk)
  const { kept } = walk
  scratch.unknown[walk.unknown] = -1
  return kept
}

/** Where the token loop stands between two blocks. */
interface Walk {
  readonly text: string
  readonly vocabulary: Vocabulary
  readonly scratch: Scratch
  readonly mayHoldAccents: boolean
  kept: number
  /** Tokens among them whose words are unknown. */
  unknown: number
  previousEnd: number
}

/**
 * What stands behind the last token closes an item or a heading as well as what stands before a further one:
 * the end of a note is read as a blank line, so that a paragraph added to the note changes nothing before it.
 */
function markEnd(length: number, { scratch, kept, previousEnd }: Walk): void {
  const { folded, gap } = scratch
  folded.fill(NEWLINE, length, length + 2)
  gap[kept] = gapFlags(folded, previousEnd, length + 2) | GAP.sentence
  if (kept > 0) markListNumber(scratch, kept)
}

function takeTokens(walk: Walk, bounds: number): void {
  const { text, vocabulary, scratch, mayHoldAccents } = walk
  const { folded, foldedView, bound, start, end, id, gap, unknown } = scratch
  const classes = BYTE_CLASS
  const separator = CLASS.separator
  const signs = SIGN
  let { kept, previousEnd } = walk
  // `| 0` tells the compiler that a call answers a small integer, and spares the columns a detour over doubles.
  // The first boundary is a token's start. Behind a token stands a separator, or a token of the other class.
  let i = 0
  while (i + 1 < bounds) {
    const from = bound[i] as number
    const to = bound[i + 1] as number
    i += classes[folded[to] as number] === separator ? 2 : 1
    let flags: number
    if (from - previousEnd === 1) {
      const sign = folded[previousEnd] as number
      if (sign === APOSTROPHE && to - from === 1 && folded[from] === LETTER_S && kept > 0) {
        previousEnd = to // the possessive belongs to the word before it and means nothing
        continue
      }
      flags = (signs[sign] as number) | 0
    } else flags = gapFlags(folded, previousEnd, from) | 0
    if (kept === 0) flags |= GAP.newline
    let word = vocabulary.find(folded, foldedView, from, to) | 0
    if (word === 0 && mayHoldAccents) word = findWithoutAccents(folded, from, to, vocabulary) | 0
    id[kept] = word
    if (word === 0) unknown[walk.unknown++] = kept
    start[kept] = from
    end[kept] = to
    gap[kept] = flags
    if (flags & JUDGED && kept > 0) judgeGap(text, scratch, kept)
    kept++
    previousEnd = to
  }
  walk.kept = kept
  walk.previousEnd = previousEnd
}

/** Gaps that what stands around them can change. */
const JUDGED = GAP.period | GAP.paren | GAP.tight

function judgeGap(text: string, scratch: Scratch, token: number): void {
  const flags = scratch.gap[token] as number
  if (flags === GAP.period && isInitial(text, scratch, token)) scratch.gap[token] = 0
  else if (flags & (GAP.period | GAP.paren)) markListNumber(scratch, token)
  else splitMissingBlank(text, scratch, token)
}

/** `1. gout`, `2) gout`, `a. gout` at the start of a line: `gout` opens a list item. */
function markListNumber(scratch: Scratch, token: number): void {
  const { folded, start, end, gap } = scratch
  const number = token - 1
  if (!((gap[number] as number) & GAP.newline)) return
  const length = (end[number] as number) - (start[number] as number)
  if (length > LONGEST_LIST_NUMBER) return
  const first = folded[start[number] as number] as number
  const isDigit = first >= 0x30 && first <= 0x39
  const mark = folded[end[number] as number]
  if ((isDigit || length === 1) && (mark === 0x2e || mark === 0x29))
    gap[token] = (gap[token] as number) | GAP.item
}

/**
 * `E. coli`, `C. diff`: the period behind an initial ends nothing. At the start of a line only a capital
 * before a small letter is one; everything else there numbers a list.
 */
function isInitial(text: string, { start, end, gap }: Scratch, token: number): boolean {
  const from = start[token - 1] as number
  if ((end[token - 1] as number) - from !== 1) return false
  const letter = text.charCodeAt(from)
  const isCapital = letter >= 0x41 && letter <= 0x5a
  if (!isCapital && (letter < 0x61 || letter > 0x7a)) return false
  if (!((gap[token - 1] as number) & GAP.newline)) return true
  const next = text.charCodeAt(start[token] as number)
  return isCapital && next >= 0x61 && next <= 0x7a
}

/** `pain.Patient denies`: a capital right after a period and a longer lower-case word ends a sentence. */
function splitMissingBlank(text: string, scratch: Scratch, token: number): void {
  const { start, end, gap } = scratch
  const before = end[token - 1] as number
  if (text.charCodeAt(before) !== 0x2e || (start[token] as number) - before !== 1) return
  const next = text.charCodeAt(start[token] as number)
  const last = text.charCodeAt(before - 1)
  const longWord = before - (start[token - 1] as number) >= 3
  if (longWord && next >= 0x41 && next <= 0x5a && last >= 0x61 && last <= 0x7a)
    gap[token] = (gap[token] as number) | GAP.period
}

/** Decomposed letters: a word that is unknown with its accents is looked up without them, its offsets stay. */
function findWithoutAccents(folded: Uint8Array, from: number, to: number, vocabulary: Vocabulary): number {
  if (to - from > LONGEST_ACCENTED) return 0
  let plain = ''
  for (let i = from; i < to; i++)
    if (folded[i] !== COMBINING) plain += String.fromCharCode(folded[i] as number)
  return plain.length === to - from ? 0 : vocabulary.idOf(plain)
}

/** Words beyond this are no medical words; the bound keeps a hostile note linear. */
const LONGEST_ACCENTED = 64
