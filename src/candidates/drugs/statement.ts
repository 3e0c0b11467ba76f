/** What the note says of one drug, before it becomes a code; and what the readers of such statements are given. */
import type { Assertion } from '../../model/assertion.js'
import type { Document } from '../../model/document.js'
import type { DrugIntent } from '../../model/drugs.js'
import type { Span } from '../../model/span.js'
import type { Proposal } from '../drafts.js'
import type { Drug } from './find-drugs.js'

interface OfDrug {
  readonly drug: Drug
  /** The words that say so: `due to`, `overdose of`, `allergic to`. */
  readonly cue: Span
  /** Section of the Official Guidelines. */
  readonly section: string
}

/** T36-T50. */
export interface DrugUse extends OfDrug {
  readonly kind: 'use'
  readonly intent: DrugIntent
  /** What words of the note say of the intent, beside the cue. */
  readonly intentCue?: Span
  /** It was prescribed to another person, or given by one; the patient took it. */
  readonly isOfAnother?: boolean
  /** The condition that is its effect. */
  readonly effect?: Proposal
}

/** Z88 and Z91.0. */
export interface AllergyStatus extends OfDrug {
  readonly kind: 'allergy'
}

/** Z79. */
export interface LongTermUse extends OfDrug {
  readonly kind: 'long-term'
}

/** Z91.1- and Z91.A-: why less was taken. */
export interface Noncompliance extends OfDrug {
  readonly kind: 'noncompliance'
  readonly isOfAnother?: boolean
  readonly code: string
  readonly why: string
  /** The words that say why, where there are any. */
  readonly reason?: Span
}

export type DrugStatement = DrugUse | AllergyStatus | LongTermUse | Noncompliance

/** A sentence that names drugs, or as much of an endless one as stands near a drug. */
export interface Sentence extends Span {
  readonly text: string
  /** Drugs that stand in it, in order. */
  readonly drugs: readonly Drug[]
}

export interface DrugNote {
  readonly document: Document
  readonly drugs: readonly Drug[]
  /** Those that name a drug. */
  readonly sentences: readonly Sentence[]
  readonly sectionOf: (token: number) => string
  /** Of words in a sentence that names a drug. */
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  /** The same of words in any sentence. */
  readonly assertionAnywhere: (firstToken: number, endToken: number) => Assertion
  /** Diagnoses that are proposed. */
  readonly proposals: readonly Proposal[]
}
