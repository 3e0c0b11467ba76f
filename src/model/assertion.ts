/**
 * Whether a mention holds, how sure, when and of whom. Every attribute is always set; each that a word,
 * a layout sign or a section has set names it among the cues.
 */
import type { Quote, Span } from './span.js'

export type Presence = 'present' | 'absent'
export type Certainty = 'confirmed' | 'probable' | 'possible' | 'hypothetical'
export type Temporality = 'current' | 'historical' | 'hypothetical'
export type Experiencer = 'patient' | 'family' | 'donor' | 'other'

/** The stretch of the note that set an attribute, and the rule of `dictionaries/triggers.csv` that says so. */
export interface Cue extends Quote {
  /** `neg.denies`, `layout.box-unchecked`, `section.family-history`. */
  readonly rule: string
  readonly category: string
  /** Only with `--explain`: the stretch of the note that the cue rules, itself included. */
  readonly scope?: Span
}

export interface Assertion {
  readonly presence: Presence
  readonly certainty: Certainty
  readonly temporality: Temporality
  readonly experiencer: Experiencer
  /** Where the experiencer is not the patient and the note says who: `mother`. */
  readonly relative?: string
  readonly cues: readonly Cue[]
}

/** What every mention is that nothing marks; one object for all of them. */
export const UNMARKED: Assertion = Object.freeze({
  presence: 'present',
  certainty: 'confirmed',
  temporality: 'current',
  experiencer: 'patient',
  cues: Object.freeze([]),
})
