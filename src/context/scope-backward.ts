/**
 * How far a post-posed cue reaches to the left.
 *
 *   has HTN, and pneumonia was ruled out        nausea and vomiting resolved
 *                ^-------^                       ^-----------------^
 *   Nausea, vomiting: denies                    the label back to the start of its field
 *   ^--------------^
 */
import { GAP, type Document } from '../model/document.js'
import { CLASS_BIT, classBits, FIELD } from './axes.js'
import { firstOfDate } from './dates.js'
import { questionBefore } from './dialogue.js'
import type { Hits } from './hits.js'
import { HARD_STOP, standsBehindLabel } from './layout.js'
import { CHAIN, type Trigger } from './trigger.js'

const LONGEST_LABEL = 15
const ENDS = classBits(['contrast', 'report', 'relative', 'verb', 'cause', 'time'])
/** A result word of so short a reach means the noun beside it: not `infarct with negative deflections`. */
const ENDS_RESULT = ENDS | CLASS_BIT.link
const RESULT_WINDOW = 3
const LIST = CLASS_BIT.list

/** First token that the scope of `hit` holds. */
export function startOfScope(document: Document, hits: Hits, hit: number): number {
  const trigger = hits.trigger[hit] as Trigger
  const cue = hits.first[hit] as number
  const first = trigger.row.direction === 'dated' ? firstOfDate(document, cue) : cue
  const isField = ((hits.direction[hit] as number) & FIELD) !== 0
  const question = isField ? questionBefore(document, first - 1) : -1
  if (question >= 0) return question
  if (!isField && first !== hits.end[hit] && (document.tokens.gap[first] as number) & HARD_STOP) return first
  const chain = isField ? CHAIN.list : trigger.chain
  let limit = first - (isField ? LONGEST_LABEL : trigger.window)
  // `Smoking: [ ] Yes [x] No`: the label's colon stands before the first box.
  let colonsToCross = isField && !standsBehindLabel(document, first) ? 1 : 0
  const ends = trigger.window <= RESULT_WINDOW ? ENDS_RESULT : ENDS
  let previous = hit - 1
  let hasContent = false
  for (let token = first - 1; token >= 0; token--) {
    while (previous >= 0 && (hits.end[previous] as number) > token + 1) previous--
    if (previous >= 0 && (hits.end[previous] as number) === token + 1) {
      const other = hits.trigger[previous] as Trigger
      if (other.axes & trigger.axes && hits.direction[previous] !== 0) return token + 1
      if (hits.first[previous] === hits.end[previous]) previous--
      else if (hasContent && other.classes & ends) return token + 1
      else if (other.classes & LIST) {
        if (chain === CHAIN.none) return token + 1
        limit = Math.min(limit, (hits.first[previous] as number) - trigger.window)
      }
    }
    if (token < limit) return token + 1
    if (!isClassWord(hits, previous, token)) hasContent = true
    if (stopAtGap(document, token, chain, isField)) {
      if (!((document.tokens.gap[token] as number) & GAP.colon) || colonsToCross-- <= 0) return token
    }
    if ((document.tokens.gap[token] as number) & GAP.comma) limit = Math.min(limit, token - trigger.window)
  }
  return 0
}

function isClassWord(hits: Hits, hit: number, token: number): boolean {
  return hit >= 0 && (hits.first[hit] as number) <= token && (hits.end[hit] as number) > token
}

/** Whether the scope begins at `token` because of what stands before it. */
function stopAtGap(document: Document, token: number, chain: number, isField: boolean): boolean {
  const flags = document.tokens.gap[token] as number
  if (flags === 0) return false
  if (flags & (HARD_STOP | GAP.colon)) return true
  if (flags & GAP.comma) return chain !== CHAIN.list
  if (flags & GAP.paren)
    return !isField && '(['.includes(document.text.charAt((document.tokens.start[token] as number) - 1))
  return false
}
