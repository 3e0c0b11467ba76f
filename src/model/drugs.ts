/** The table of drugs as the engine sees it: names of medicines and substances, grouped by class. */

/**
 * `medicine`: prescribed or bought. `street`: taken for its effect, so it is never an adverse effect or an underdosing.
 * `general`: a word for any medicine. `substance`: no drug; what people are allergic to.
 */
export const DRUG_KINDS = ['medicine', 'street', 'general', 'substance'] as const
export type DrugKind = (typeof DRUG_KINDS)[number]

/** One row of `dictionaries/drugs.csv`; plain data, as it lies in the snapshot. */
export interface DrugClass {
  readonly name: string
  /** What stands before the intent in a code of T36-T50: `T50.2X`, `T36.9`. Undefined for a substance. */
  readonly category?: string
  readonly kind: DrugKind
  /** Code of long-term use (Z79). */
  readonly longTerm?: string
  /** Codes of the allergy status, of which the first that the release has counts. */
  readonly allergies: readonly string[]
  /** First fiscal year of its category; undefined where it has always been there. */
  readonly from?: number
}

/** A name as notes write it. */
export interface DrugName {
  readonly phrase: string
  /** Index of its class. */
  readonly drugClass: number
  /** Counts only in capitals: `ASA`. */
  readonly needsCapitals: boolean
}

export interface DrugTable {
  readonly classes: readonly DrugClass[]
  readonly names: readonly DrugName[]
}

/** Sixth character of T36-T50, fifth where the category has only four (Tabular, T36-T50). */
export const DRUG_INTENTS = {
  accidental: '1',
  'self-harm': '2',
  assault: '3',
  undetermined: '4',
  adverse: '5',
  underdosing: '6',
} as const
export type DrugIntent = keyof typeof DRUG_INTENTS

/** `T50.2X` + `5` → `T50.2X5`; `T36.9` + `5` → `T36.95X`: the seventh character follows. */
export function withIntent(category: string, intent: DrugIntent): string {
  const stem = category + DRUG_INTENTS[intent]
  return stem.length < SIX_CHARACTERS ? `${stem}X` : stem
}

/** Of a code with its dot, before the seventh. */
const SIX_CHARACTERS = 7
