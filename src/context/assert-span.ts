/**
 * A stretch of characters → its assertion, as the command `assert` needs it. The stretch may be cut
 * anywhere: it stands for the tokens it touches. A cue at its beginning (`no headache`) is not part of
 * the mention. Where the stretch names a part of the body and nothing else, nothing marks it: in "no carotid
 * bruits" and "his mother's breast cancer" neither the carotid is absent nor the breast another's.
 */
import { UNMARKED, type Assertion } from '../model/assertion.js'
import type { Document } from '../model/document.js'
import type { Span } from '../model/span.js'
import type { Scopes } from './scopes.js'

export function assertSpan(document: Document, scopes: Scopes, span: Span): Assertion {
  const { count, start, end } = document.tokens
  const first = firstAbove(end, count, span.start)
  const past = Math.max(firstAtLeast(start, count, span.end), first)
  if (first >= count || past <= first) return UNMARKED
  if (scopes.isBodyPart(first, past)) return UNMARKED
  return scopes.assertionOf(scopes.skipCues(first, past), past)
}

/** First token whose column is greater than `at`. */
function firstAbove(column: Int32Array, count: number, at: number): number {
  return firstAtLeast(column, count, at + 1)
}

function firstAtLeast(column: Int32Array, count: number, at: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((column[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}
