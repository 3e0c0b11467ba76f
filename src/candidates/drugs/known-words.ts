/** What is said of which words of the note so far, so that one thing is not said of the same words twice. */
import { categoryOf } from '../../codes/icd10cm.js'
import type { Document } from '../../model/document.js'
import type { Span } from '../../model/span.js'
import type { Outcome } from '../drafts.js'
import { quote } from '../places.js'

interface Said extends Span {
  readonly code: string
}

export class KnownWords {
  /** Stretch of the note → what is said of words in it. */
  private readonly byStretch = new Map<number, Said[]>()

  constructor(
    outcomes: readonly Outcome[],
    private readonly document: Document,
  ) {
    for (const outcome of outcomes) this.add(outcome)
  }

  add(outcome: Outcome): void {
    const said = saidBy(outcome, this.document)
    if (said === undefined) return
    for (let stretch = stretchOf(said.start); stretch <= stretchOf(said.end); stretch++) {
      const known = this.byStretch.get(stretch)
      if (known === undefined) this.byStretch.set(stretch, [said])
      else known.push(said)
    }
  }

  /** Whether words that hold the span lead to the code, or, for a drug, to another use of the same category. */
  has({ start, end }: Span, code: string, isUse: boolean): boolean {
    const known = this.byStretch.get(stretchOf(start)) ?? []
    return known.some(
      said =>
        said.start <= start &&
        said.end >= end &&
        (said.code === code || (isUse && isUseOfSameDrug(said.code, code))),
    )
  }
}

const STRETCH = 64

function stretchOf(place: number): number {
  return Math.floor(place / STRETCH)
}

function saidBy(outcome: Outcome, document: Document): Said | undefined {
  if (outcome.kind === 'proposed') {
    const { mention, code } = outcome.proposal
    const { start, end } = quote(mention, document)
    return { start, end, code }
  }
  const { start, end, code } = outcome.line
  return code === null ? undefined : { start, end, code }
}

/** Poisoning, adverse effect and underdosing of one drug: what is read first counts for the same words. */
function isUseOfSameDrug(one: string, other: string): boolean {
  return /^T(?:3[6-9]|4|5[01])/.test(one) && categoryOf(one) === categoryOf(other)
}
