/**
 * The one currency between stages: a stretch of the original note.
 * Half-open `[start, end)`, counted in UTF-16 units, so that
 * `text.slice(span.start, span.end)` is the evidence.
 */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A span together with the words it covers. */
export interface Quote extends Span {
  readonly text: string
}

export function spansOverlap(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end
}
