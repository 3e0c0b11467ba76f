/** Mentions → the stretches of the note that they stand on. */
import type { Document } from '../model/document.js'
import type { Evidence, EvidenceRole, NotCoded } from '../model/result.js'
import type { Quote } from '../model/span.js'
import { lastUpTo } from '../text/last-up-to.js'
import type { Place } from './drafts.js'
import type { Mention } from './mention.js'

/** Words of a mention with at most this many others between are quoted in one piece. */
const BRIDGED = 1

/** One place for words that stand together, several for a scattered mention, in the note's order. */
export function mentionPlaces(mention: Mention, { tokens }: Document, role: EvidenceRole): Place[] {
  const places: Place[] = []
  const add = (first: number, last: number): void => {
    places.push({ role, start: tokens.start[first] as number, end: tokens.end[last] as number })
  }
  let first = mention.tokens[0] as number
  let last = first
  for (const token of mention.tokens) {
    if (token - last - 1 > BRIDGED) {
      add(first, last)
      first = token
    }
    last = token
  }
  add(first, last)
  return places
}

/** The whole reach of a mention, as a ledger line quotes it. */
export function quote(mention: Mention, { text, tokens }: Document): Quote {
  const start = tokens.start[mention.firstToken] as number
  const end = tokens.end[mention.endToken - 1] as number
  return { start, end, text: text.slice(start, end) }
}

/** The words of a ledger line, where they are shown as evidence. */
export function evidenceOfLine({ start, end, text, section }: NotCoded): Evidence {
  return { role: 'condition', start, end, text, section }
}

/** The tokens of a stretch of the text. */
export function tokensIn({ tokens: { count, start, end } }: Document, from: number, to: number): number[] {
  const found: number[] = []
  const first = Math.max(0, lastUpTo(start, count, from, 0))
  for (let token = first; token < count && (start[token] as number) < to; token++)
    if ((end[token] as number) > from) found.push(token)
  return found
}
