/**
 * Headings → sections. A heading stands at the start of a line or sentence and is known to the
 * dictionary's table (`dictionaries/sections.csv`), or is an unknown line of capitals before a colon.
 *
 *   PMH: HTN, DM. Meds: metformin       two headings in one line, each with its colon
 *   ASSESSMENT AND PLAN\n               alone on its line, no colon needed
 *   … metformin FAMILY HISTORY: …       in the middle of a line only in capitals and with its colon
 *   HEENT: normocephalic                a part of its parent (id `sub`), opens nothing
 *   1. Cataract. Risks: infection\n2.   inside a list item: the section around the list goes on with the next
 */
import { GAP, type Section } from '../model/document.js'
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

/** A heading whose row has this id names a body system inside its parent. */
const PART_OF_PARENT = 'sub'
const LONGEST_UNKNOWN = 6

const OPENS_CLAUSE = GAP.newline | GAP.sentence | GAP.period | GAP.semicolon

interface Opening {
  readonly id: string
  /** First token after the heading. */
  readonly content: number
}

/** What the search looks at. */
interface Page {
  readonly text: string
  readonly count: number
  readonly headings: Headings
  readonly scratch: Scratch
}

export function findSections(text: string, count: number, headings: Headings, scratch: Scratch): Section[] {
  const { gap, id } = scratch
  const { starts } = headings
  const page: Page = { text, count, headings, scratch }
  const openings: PlacedOpening[] = []
  /** The section that goes on where the present list item ends. */
  let around: PlacedOpening | undefined
  let isInItem = false
  for (let token = nextMark(page, 0); token < count; token = nextMark(page, token + 1)) {
    if ((gap[token] as number) & MARKS) {
      isInItem = opensItem(scratch, token)
      if (isInItem && around !== undefined) {
        openings.push({ ...around, first: token })
        around = undefined
      }
    }
    const mayStart = starts[id[token] as number] !== 0
    if (!mayStart && !((gap[token] as number) & GAP.newline)) continue
    const opening = mayStart ? findOpening(page, token) : unknownHeading(page, token)
    if (opening === undefined || opening.id === PART_OF_PARENT) continue
    gap[token] = (gap[token] as number) | GAP.sentence
    const isInside = isInItem && !((gap[token] as number) & GAP.newline)
    around = isInside ? (around ?? openings.at(-1)) : undefined
    openings.push({ id: opening.id, content: opening.content, heading: token, first: token })
    token = opening.content - 1
  }
  return sectionsOf(openings, page)
}

const MARKS = GAP.newline | GAP.item

/** The next token from `token` on that opens a line or an item, or may begin a heading; `count` where there is none. */
function nextMark({ count, headings: { starts }, scratch: { gap, id } }: Page, token: number): number {
  let at = token
  while (at < count && !((gap[at] as number) & MARKS) && starts[id[at] as number] === 0) at++
  return at
}

interface PlacedOpening extends Opening {
  /** First token of the heading. */
  readonly heading: number
  /** First token of the section: the heading's, or where the section goes on. */
  readonly first: number
}

/** `- item`, `2. item`: the token is the item's first word or its number. */
function opensItem({ gap }: Scratch, token: number): boolean {
  return (((gap[token] as number) | (gap[token + 1] as number)) & GAP.item) !== 0
}

function sectionsOf(openings: readonly PlacedOpening[], { count, scratch }: Page): Section[] {
  const { start, end, gap } = scratch
  const sections: Section[] = []
  const first = openings[0]?.first ?? count
  if (first > 0 || count === 0)
    sections.push({ id: 'none', headingStart: 0, headingEnd: 0, firstToken: 0, endToken: first })
  openings.forEach(({ id, heading, content, first: firstToken }, i) => {
    sections.push({
      id,
      headingStart: start[heading] as number,
      headingEnd: end[content - 1] as number,
      firstToken,
      endToken: openings[i + 1]?.first ?? count,
    })
    if (content < count) gap[content] = (gap[content] as number) | GAP.colon
  })
  return sections
}

/** A heading of the table, or an unknown one, from a token that some heading starts with. */
function findOpening(page: Page, token: number): Opening | undefined {
  const opensClause = ((page.scratch.gap[token] as number) & OPENS_CLAUSE) !== 0
  return opensClause ? (knownHeading(page, token) ?? unknownHeading(page, token)) : headingInLine(page, token)
}

function knownHeading({ text, count, headings, scratch }: Page, token: number): Opening | undefined {
  const { id, gap } = scratch
  const found = headings.longest(id, gap, token, count)
  if (found === 0) return undefined
  const content = token + (found & 15)
  const row = found >> 4
  const after = gap[content] as number
  const atLineStart = ((gap[token] as number) & GAP.newline) !== 0
  const standsAlone = atLineStart && (after & GAP.newline) !== 0 && startsWithCapital(text, token, scratch)
  const inCapitals = atLineStart && content - token >= 2 && isInCapitals(text, token, content, scratch)
  if (after & GAP.colon || standsAlone || inCapitals) return { id: headings.idOf(row), content }
  return undefined
}

/** `… metformin FAMILY HISTORY: …` or `…, Social History: …`: lines were lost; several capitalised words and a colon. */
function headingInLine({ text, count, headings, scratch }: Page, token: number): Opening | undefined {
  if (!startsWithCapital(text, token, scratch)) return undefined
  const found = headings.longest(scratch.id, scratch.gap, token, count)
  if ((found & 15) < 2) return undefined
  const content = token + (found & 15)
  if (!((scratch.gap[content] as number) & GAP.colon)) return undefined
  if (!startsWithCapital(text, content - 1, scratch)) return undefined
  return { id: headings.idOf(found >> 4), content }
}

/** `SPECIMENS: …`: capitals up to a colon at the start of a line, in a table that lacks them. */
function unknownHeading({ text, count, scratch }: Page, token: number): Opening | undefined {
  const { gap } = scratch
  if (!((gap[token] as number) & GAP.newline)) return undefined
  const last = Math.min(count, token + LONGEST_UNKNOWN)
  for (let next = token + 1; next <= last; next++) {
    const flags = gap[next] as number
    if (flags & GAP.colon)
      return isInCapitals(text, token, next, scratch) ? { id: 'unknown', content: next } : undefined
    if (flags & (GAP.newline | GAP.period | GAP.sentence)) return undefined
  }
  return undefined
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
