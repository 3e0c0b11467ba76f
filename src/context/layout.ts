/**
 * What the layout says around a cue: whether something ends there, whether a label stands before it.
 *
 *   Fever: no, cough - none     no  behind a label and before a comma: the label's value
 *   -SOB, (-) CP, edema (-)     a minus that stands for "no"
 */
import { GAP, type Document } from '../model/document.js'

/** Gaps that no scope crosses. */
export const HARD_STOP = GAP.sentence | GAP.semicolon | GAP.cell | GAP.item | GAP.blankLine

/** A line break that ends no sentence is a wrapped line. */
const ITEM_END = HARD_STOP | GAP.comma | GAP.period

const MINUS = 0x2d
/** Of an arrow: `penicillin -> rash`. */
const ARROW_HEAD = 0x3e
const TAB = 0x09
const BLANK = 0x20
const OPEN = '('
const CLOSED = ')]'
/** Tokens that a further label may be long: `Pain: No Shortness of breath: Yes`. */
const LONGEST_LABEL = 4

/** Whether the item ends before `token`. */
export function endsBefore(document: Document, token: number): boolean {
  const { count, gap, end } = document.tokens
  if (token >= count) return true
  const flags = gap[token] as number
  if (flags & ITEM_END) return true
  if (flags & GAP.paren) return CLOSED.includes(document.text.charAt(end[token - 1] as number))
  return false
}

/** Whether a label ends right before `token`: `label:`, `label -`, another column. */
export function standsBehindLabel(document: Document, token: number): boolean {
  if (token === 0) return false
  const { gap, start, end } = document.tokens
  const flags = gap[token] as number
  if (flags & (GAP.colon | GAP.cell)) return true
  if (!(flags & GAP.hyphen) || flags & (GAP.item | GAP.newline)) return false
  return (start[token] as number) - (end[token - 1] as number) >= 3
}

/** `… No Shortness of breath: Yes`: from `token` on a label without a mark before it. */
export function labelFollows(document: Document, token: number): boolean {
  const { count, gap } = document.tokens
  const last = Math.min(count, token + LONGEST_LABEL)
  // The stretch behind the last token has its flags too: a mark there counts whether or not a line follows.
  for (let next = token + 1; next <= last; next++) {
    const flags = gap[next] as number
    if (flags & GAP.colon) return true
    if (flags & ITEM_END) return false
  }
  return false
}

const TIME_WORDS = new Set('at on currently today now since ever'.split(' '))
/** Tokens that the words of time behind an answer may be: `denies at this time`. */
const LONGEST_TIME = 4

/** `Ideation: denies at this time.`: nothing but a time behind the answer. */
export function timeFollows(document: Document, token: number): boolean {
  const { count, start, end } = document.tokens
  if (token >= count || !TIME_WORDS.has(document.text.slice(start[token], end[token]).toLowerCase()))
    return false
  for (let next = token + 1; next <= token + LONGEST_TIME; next++) if (endsBefore(document, next)) return true
  return false
}

/** A minus in the stretch before a token: where it stands, and whether it belongs to what follows. */
export interface Minus {
  readonly from: number
  readonly to: number
  readonly isBefore: boolean
}

/** Looks at `text[from, to)`, the stretch between two tokens or behind the last one. */
export function minusBetween(text: string, from: number, to: number): Minus | undefined {
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== MINUS) continue
    const isBracketed =
      at > from && OPEN.includes(text.charAt(at - 1)) && at + 1 < to && CLOSED.includes(text.charAt(at + 1))
    if (isBracketed) return { from: at - 1, to: at + 2, isBefore: !belongsToLast(text, from, at - 1, at + 2) }
    if (text.charCodeAt(at + 1) === ARROW_HEAD) continue
    if (at === to - 1 && to < text.length && isPrefix(text, from, at))
      return { from: at, to: at + 1, isBefore: true }
    if (isSuffix(text, from, at)) return { from: at, to: at + 1, isBefore: false }
    return undefined
  }
  return undefined
}

/** `edema (-),`: the sign ends its item, or nothing but blanks parts it from the word before. */
function belongsToLast(text: string, from: number, at: number, past: number): boolean {
  if (past >= text.length || ',;.\n\r)'.includes(text.charAt(past))) return true
  for (let i = from; i < at; i++) if (text.charCodeAt(i) !== BLANK) return false
  return from > 0
}

/** `, -SOB`: tight before the word, with a blank or mark on the other side, not a bullet, not a number. */
function isPrefix(text: string, from: number, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  if (next >= 0x30 && next <= 0x39) return false
  if (at === from || !' ,(:;'.includes(text.charAt(at - 1))) return false
  for (let i = from; i < at; i++) if (text.charCodeAt(i) === 0x0a || text.charCodeAt(i) === 0x0d) return false
  return true
}

/** `SOB -, fever -\n`: the sign ends its item. */
function isSuffix(text: string, from: number, at: number): boolean {
  for (let i = from; i < at; i++) if (text.charCodeAt(i) !== BLANK && text.charCodeAt(i) !== TAB) return false
  if (from === 0) return false
  const next = text.charAt(at + 1)
  if (next === '' || next === '\n' || next === '\r') return at > from
  return ',;.)'.includes(next)
}
