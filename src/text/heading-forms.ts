/**
 * The forms of a heading. It stands at the start of a line or sentence and is known to the dictionary's table
 * (`dictionaries/sections.csv`), or is an unknown line that looks like one.
 *
 *   ASSESSMENT AND PLAN\n               alone on its line, no colon needed
 *   … metformin FAMILY HISTORY: …       in the middle of a line only in capitals and with its colon
 *   **Plan**  ·  ## Plan                 marked up; a line that is marked so and unknown ends the section too
 *   Bedside Huddle\n------              underlined
 *   Bedside Huddle:\n                   unknown, in title case, its colon at the end of the line
 *   Past Medical History (PMH):         its abbreviation in brackets belongs to it
 *   PMH - gastritis  ·  PMH | gastritis  a dash with blanks or another column is as good as a colon
 *   PSH: none  Plan: rest               in the middle of a line behind two blanks
 */
import { GAP } from '../model/document.js'
import type { Scratch } from './scratch.js'

/** The heading table, as the dictionary delivers it. */
export interface Headings {
  /** Word id → 0 where no heading starts with the word. */
  readonly starts: Uint8Array
  /** Longest heading from `token` on: `row * 16 + length in tokens`, or 0. Row numbers start at 1. */
  longest(ids: Int32Array, gap: Uint16Array, token: number, count: number): number
  /** Section id of a row. */
  idOf(row: number): string
}

export interface Opening {
  readonly id: string
  /** First token after the heading. */
  readonly content: number
  /** The sign of a heading that is marked up: `**`, `##`. */
  readonly markup?: string
}

/** What the search looks at. */
export interface Page {
  readonly text: string
  readonly count: number
  readonly headings: Headings
  readonly scratch: Scratch
  /** Whether some line of the note may be underlined. */
  readonly hasRules: boolean
  /** Sign of the last heading that was marked up. */
  markup: string | undefined
}

const LONGEST_UNKNOWN = 6

const OPENS_CLAUSE = GAP.newline | GAP.sentence | GAP.period | GAP.semicolon

export function createPage(text: string, count: number, headings: Headings, scratch: Scratch): Page {
  const hasRules = text.includes('---') || text.includes('===')
  return { text, count, headings, scratch, hasRules, markup: undefined }
}

/** The heading that `token` opens, in any form; `isKnown`: some heading of the table begins with its word. */
export function openingAt(page: Page, token: number, isKnown: boolean): Opening | undefined {
  const opening =
    (isKnown ? findOpening(page, token) : unknownHeading(page, token)) ?? markedHeading(page, token)
  page.markup = opening?.markup ?? page.markup
  return opening
}

/** A heading of the table, or an unknown one, from a token that some heading starts with. */
function findOpening(page: Page, token: number): Opening | undefined {
  const opensClause = ((page.scratch.gap[token] as number) & OPENS_CLAUSE) !== 0
  return opensClause ? (knownHeading(page, token) ?? unknownHeading(page, token)) : headingInLine(page, token)
}

function knownHeading(page: Page, token: number): Opening | undefined {
  const { text, count, headings, scratch } = page
  const { id, gap } = scratch
  const found = headings.longest(id, gap, token, count)
  if (found === 0) return undefined
  const content = behindBracket(page, token + (found & 15))
  const row = found >> 4
  const after = gap[content] as number
  const atLineStart = ((gap[token] as number) & GAP.newline) !== 0
  if (!atLineStart && isInBracket(text, scratch.start[token] as number)) return undefined
  const standsAlone = atLineStart && (after & GAP.newline) !== 0 && startsWithCapital(text, token, scratch)
  const inCapitals = atLineStart && content - token >= 2 && isInCapitals(text, token, content, scratch)
  const isLine = atLineStart && startsWithCapital(text, token, scratch)
  const opensCell =
    isLine &&
    (isDash(page, content) ||
      (isCell(page, content) && (content - token >= 2 || isInCapitals(text, token, content, scratch))))
  if (after & GAP.colon || standsAlone || inCapitals || opensCell) return { id: headings.idOf(row), content }
  return undefined
}

/** How far back on its line a bracket is looked for. */
const BRACKET_REACH = 600

/** `PMH: 1) syncope (echo was normal. MRI brain: focal signal), 2) hypertension`: a bracket opens no section. */
function isInBracket(text: string, at: number): boolean {
  let depth = 0
  for (let before = at - 1; before >= Math.max(0, at - BRACKET_REACH); before--) {
    const sign = text.charAt(before)
    if (sign === '\n') return false
    // `2)` of a list closes nothing.
    if (sign === ')' && !/\d/.test(text.charAt(before - 1))) depth++
    if (sign === '(' && depth-- === 0) return true
  }
  return false
}

/** Tokens that an abbreviation in brackets behind a heading may be. */
const LONGEST_BRACKET = 3

/** `Past Medical History (PMH):` the token behind the bracket, if it ends with a colon or the line. */
function behindBracket({ text, count, scratch: { gap, start, end } }: Page, content: number): number {
  if (content >= count || !((gap[content] as number) & GAP.paren)) return content
  if (text.charAt((start[content] as number) - 1) !== '(') return content
  for (let token = content + 1; token <= Math.min(count, content + LONGEST_BRACKET); token++) {
    const flags = gap[token] as number
    if (flags & GAP.paren && text.charAt(end[token - 1] as number) === ')')
      return flags & (GAP.colon | GAP.newline) ? token : content
  }
  return content
}

/** `PMH - gastritis` */
function isDash({ text, count, scratch: { gap, start, end } }: Page, token: number): boolean {
  if (token >= count || !((gap[token] as number) & GAP.hyphen)) return false
  return /^ +[-\u2013\u2014]+ +$/.test(text.slice(end[token - 1], start[token]))
}

/** A heading and its text in two columns. */
function isCell({ count, scratch: { gap } }: Page, token: number): boolean {
  return token < count && ((gap[token] as number) & GAP.cell) !== 0
}

const MARKUP = /^(?:\*{1,3}|#{1,6}|_{1,3}|={1,6})$/

/**
 * `**PMH**`, `## Plan`, `== Plan ==`: a heading of the table behind a sign of markup, or any short line that
 * is marked as the heading before it was.
 */
function markedHeading(page: Page, token: number): Opening | undefined {
  const { text, count, headings, scratch } = page
  const { start, end, gap, id } = scratch
  const first = token + 1
  if (!((gap[token] as number) & GAP.newline) || first >= count || (gap[first] as number) & GAP.newline)
    return undefined
  const markup = text.slice(start[token], end[token])
  if (!MARKUP.test(markup)) return undefined
  const found = headings.starts[id[first] as number] === 0 ? 0 : headings.longest(id, gap, first, count)
  if (found !== 0) {
    const content = behindMarkup(page, first + (found & 15))
    if (content > 0) return { id: headings.idOf(found >> 4), content, markup }
  }
  if (markup !== page.markup) return undefined
  for (let past = first + 1; past <= Math.min(count, first + LONGEST_UNKNOWN); past++) {
    const content = behindMarkup(page, past)
    if (content > 0) return { id: 'unknown', content, markup }
  }
  return undefined
}

/** Token behind a heading that ends at `past`: a sign of markup follows, a colon, or the end of the line; else 0. */
function behindMarkup({ text, count, scratch: { start, end, gap } }: Page, past: number): number {
  if (past >= count || (gap[past] as number) & (GAP.newline | GAP.colon)) return past
  return MARKUP.test(text.slice(start[past], end[past])) ? past + 1 : 0
}

/** `… metformin FAMILY HISTORY: …` or `…, Social History: …`: lines were lost; several capitalised words and a colon. */
function headingInLine(page: Page, token: number): Opening | undefined {
  const { text, count, headings, scratch } = page
  if (!startsWithCapital(text, token, scratch)) return undefined
  const found = headings.longest(scratch.id, scratch.gap, token, count)
  if (found === 0 || ((found & 15) < 2 && !standsApart(page, token))) return undefined
  const content = token + (found & 15)
  if (!((scratch.gap[content] as number) & GAP.colon)) return undefined
  if (!startsWithCapital(text, content - 1, scratch)) return undefined
  return { id: headings.idOf(found >> 4), content }
}

/** `…  PSH: none`: a heading of more than a letter behind two blanks. */
function standsApart({ text, scratch: { start, end } }: Page, token: number): boolean {
  const from = start[token] as number
  return (end[token] as number) - from > 1 && text.charAt(from - 1) === ' ' && text.charAt(from - 2) === ' '
}

/** `SPECIMENS: …`: capitals up to a colon at the start of a line, in a table that lacks them. */
function unknownHeading(page: Page, token: number): Opening | undefined {
  const { text, count, scratch } = page
  const { gap } = scratch
  if (!((gap[token] as number) & GAP.newline)) return undefined
  const last = Math.min(count, token + LONGEST_UNKNOWN)
  for (let next = token + 1; next <= last; next++) {
    const flags = gap[next] as number
    if (flags & GAP.colon) {
      const opens =
        isInCapitals(text, token, next, scratch) ||
        ((flags & COLON_ALONE) === COLON_LINE && isTitle(text, token, next, scratch))
      return opens ? { id: 'unknown', content: next } : undefined
    }
    if (flags & GAP.newline && page.hasRules && isUnderlined(page, token, next))
      return { id: 'unknown', content: next }
    if (flags & (GAP.newline | GAP.period | GAP.sentence)) return undefined
  }
  return undefined
}

/** A colon that ends its line, below which no list begins. */
const COLON_LINE = GAP.colon | GAP.newline
const COLON_ALONE = COLON_LINE | GAP.item
/** Words that a title leaves small are no longer than this. */
const LONGEST_SMALL = 3

/** `Bedside Huddle:`: every longer word with a capital. */
function isTitle(text: string, first: number, past: number, scratch: Scratch): boolean {
  const { start, end } = scratch
  if (!startsWithCapital(text, first, scratch)) return false
  for (let token = first + 1; token < past; token++) {
    const isLong = (end[token] as number) - (start[token] as number) > LONGEST_SMALL
    if (isLong && !startsWithCapital(text, token, scratch)) return false
  }
  return past - first > 1
}

const RULE = /[ \t]*\r?\n[ \t]*(?:-{3,}|={3,})[ \t]*(?:\r?\n|$)/y

/** `Bedside Huddle\n------`: a short line from `token` to before `next`, with a rule below it. */
function isUnderlined({ text, scratch }: Page, token: number, next: number): boolean {
  if (!startsWithCapital(text, token, scratch)) return false
  RULE.lastIndex = scratch.end[next - 1] as number
  return RULE.test(text)
}

function startsWithCapital(text: string, token: number, scratch: Scratch): boolean {
  const unit = text.charCodeAt(scratch.start[token] as number)
  return unit >= 0x41 && unit <= 0x5a
}

function isInCapitals(text: string, first: number, past: number, scratch: Scratch): boolean {
  const { start, end } = scratch
  let capitals = 0
  for (let i = start[first] as number; i < (end[past - 1] as number); i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x61 && unit <= 0x7a) return false
    if (unit >= 0x41 && unit <= 0x5a) capitals++
  }
  return capitals >= 3
}
