/** Guideline rules as data: `dictionaries/rules/*.csv`, as they lie in the snapshot. */
import type { Setting } from './note.js'
import type { NotCodedReason } from './result.js'

/**
 * What a rule does to the candidates of a note: puts another code in the target's place, gives the target up, adds
 * a code beside it, puts it before another, or asks a person.
 */
export const RULE_EFFECTS = ['replace', 'drop', 'add', 'order', 'query'] as const
export type RuleEffect = (typeof RULE_EFFECTS)[number]

/**
 * What the words must say beside the codes: that the target is uncertain; that the partner is its stated cause; that
 * the note names no other cause of the partner (of the target) and does not call the two unrelated; that partner and target stand in
 * one sentence; that they stand in one sentence or name the same side.
 */
export const RULE_CONDITIONS = [
  'uncertain',
  'stated-cause',
  'no-other-cause',
  'no-cause-named',
  'one-sentence',
  'same-side',
] as const
export type RuleCondition = (typeof RULE_CONDITIONS)[number]

/** One row of `dictionaries/rules/*.csv`: if its conditions hold of the candidates of a note, its effect follows. */
export interface RuleRow {
  readonly id: string
  /** Section of the Official Guidelines or of the Tabular List that says so. */
  readonly section: string
  /** First and last fiscal year. */
  readonly from?: number
  readonly until?: number
  readonly setting?: Setting
  readonly effect: RuleEffect
  /** Code patterns of the candidate that it acts on: `E11`, `I50-I52`, `N18.5`. */
  readonly target: readonly string[]
  /** Each of these must be met by another candidate. */
  readonly with: readonly (readonly string[])[]
  /** None of these may be met by any candidate. */
  readonly unless: readonly string[]
  readonly when: readonly RuleCondition[]
  /** One of these wordings must stand in the note, present and the patient's. */
  readonly words: readonly string[]
  /** ... in the target's sentence. */
  readonly wordsNear: boolean
  /** The resulting code; `{c}` is the target's category, `{5}` its fifth character. */
  readonly code?: string
  /** Why the target is not coded, where it is dropped. */
  readonly reason?: NotCodedReason
  readonly why: string
}
