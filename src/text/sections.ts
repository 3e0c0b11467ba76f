/**
 * Headings → sections. What opens one: heading-forms.ts.
 *
 *   PMH: HTN, DM. Meds: metformin       two headings in one line, each with its colon
 *   HEENT: normocephalic                a part of its parent (id `sub`), opens nothing
 *   1. Cataract. Risks: infection\n2.   inside a list item: the section around the list goes on with the next
 */
import { GAP, type Section } from '../model/document.js'
import { createPage, openingAt, type Headings, type Opening, type Page } from './heading-forms.js'
import type { Scratch } from './scratch.js'

/** A heading whose row has this id names a body system inside its parent. */
const PART_OF_PARENT = 'sub'

export function findSections(text: string, count: number, headings: Headings, scratch: Scratch): Section[] {
  const { gap, id } = scratch
  const { starts } = headings
  const page = createPage(text, count, headings, scratch)
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
    const opening = openingAt(page, token, mayStart)
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
