/** What passes between the steps of this folder, before evidence gets its final indexes. */
import type { Assertion } from '../model/assertion.js'
import type { Concept, PhraseSource } from '../model/dictionary.js'
import type { NotCoded, EvidenceRole, AppliedRule } from '../model/result.js'
import type { CodeSystem } from '../model/code.js'
import type { Mention } from './mention.js'

/** A stretch of the note that plays a part in a code. */
export interface Place {
  readonly role: EvidenceRole
  readonly start: number
  readonly end: number
}

export interface DraftDerivation {
  readonly characters: string
  readonly by: 'phrase' | 'attribute' | 'default' | 'rule'
  readonly why: string
  readonly places: readonly Place[]
  readonly source: string
}

/** How the note's words meet the wording that a code was found by. */
export interface Wording {
  readonly source: PhraseSource | 'measured' | 'written'
  readonly words: number
  /** Other words between them. */
  readonly strangers: number
  /** A word was misspelt. */
  readonly isSlip: boolean
}

/** One mention with the code it leads to; several proposals of one code become one candidate. */
export interface Proposal {
  readonly mention: Mention
  readonly concept: Concept | undefined
  readonly system: CodeSystem
  readonly code: string
  readonly display: string
  readonly billable: boolean
  readonly unspecified: boolean
  readonly section: string
  readonly places: readonly Place[]
  readonly assertion: Assertion
  readonly derivation: readonly DraftDerivation[]
  readonly rules: readonly AppliedRule[]
  readonly wording: Wording
  /** A code of the same note on which this one depends: it is scored like that. */
  readonly asSureAs?: string
}

export type Outcome =
  | { readonly kind: 'proposed'; readonly proposal: Proposal }
  | { readonly kind: 'not-coded'; readonly line: NotCoded }
