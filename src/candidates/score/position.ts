/**
 * Where a mention stands in its line. Problem lists name a problem in a line of its own or before a colon, and
 * tell of it below:
 *
 *   Hypertension.                                  head
 *   2. Type 2 diabetes: continue metformin.        head
 *   Back pain improved with rest and heat, we …    opening
 *   • Reasoning: his murmur has been stable.       within
 */
import { GAP, type Document } from '../../model/document.js'
import type { Mention } from '../mention.js'

export type Position = 'head' | 'opening' | 'within'

/** Words that may stand before the mention: "Right", "Acute exacerbation of". */
const MOST_BEFORE = 3
/** Words of a line that is the name of a problem. */
const MOST_IN_LINE = 10
/** How far behind the mention a colon still closes the name of the problem. */
const MOST_BEHIND = 3

const LINE = GAP.newline | GAP.blankLine | GAP.item
const LABEL = GAP.colon

export function positionOf({ firstToken, endToken }: Mention, document: Document): Position {
  const { gap, count } = document.tokens
  const opens = (token: number): boolean =>
    ((gap[token] as number) & LINE) !== 0 || isListNumber(document, token) || opensSection(document, token)
  let first = firstToken
  while (first > 0 && firstToken - first <= MOST_BEFORE && !opens(first)) {
    if (((gap[first] as number) & LABEL) !== 0) return 'within'
    first--
  }
  if (first > 0 && !opens(first)) return 'within'
  for (let token = endToken; token <= endToken + MOST_BEHIND && token < count; token++) {
    if (opens(token)) break
    if (((gap[token] as number) & LABEL) !== 0) return 'head'
  }
  let past = endToken
  while (past < count && past - first <= MOST_IN_LINE && !opens(past)) past++
  return past - first <= MOST_IN_LINE ? 'head' : 'opening'
}

/** `A/P: 1. Sepsis. 2. Pneumonia.` on one line: the figure that opens a sentence. */
function isListNumber({ text, tokens }: Document, token: number): boolean {
  const { start, end, gap } = tokens
  if (((gap[token] as number) & (GAP.sentence | GAP.colon)) === 0) return false
  const isFigure =
    (end[token] as number) - (start[token] as number) <= 2 && isDigit(text, start[token] as number)
  return isFigure && token + 1 < tokens.count && ((gap[token + 1] as number) & (GAP.period | GAP.paren)) !== 0
}

function isDigit(text: string, at: number): boolean {
  const character = text.charCodeAt(at)
  return character >= 0x30 && character <= 0x39
}

/** The first words behind a heading. */
function opensSection({ sections, tokens }: Document, token: number): boolean {
  if (token === 0) return true
  const [before, at] = [tokens.start[token - 1] as number, tokens.start[token] as number]
  return sections.some(({ headingEnd }) => before < headingEnd && headingEnd <= at)
}
