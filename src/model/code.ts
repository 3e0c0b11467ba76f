/** What a code system's row says, as every reader of a publisher's file delivers it. */
export type CodeSystem = 'icd10cm' | 'cpt' | 'hcpcs'

/** One row of the ICD-10-CM order file. `code` is written without its dot, as the publisher does. */
export interface OrderRow {
  readonly order: number
  readonly code: string
  readonly billable: boolean
  readonly shortTitle: string
  readonly longTitle: string
}

/** The kinds of note groups in the tabular list, by the names of the publisher's schema. */
export const NOTE_KINDS = [
  'inclusionTerm',
  'includes',
  'excludes1',
  'excludes2',
  'codeFirst',
  'useAdditionalCode',
  'codeAlso',
  'notes',
] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

/** One note of the tabular list, at a chapter, section or code; inherited by everything below it. */
export interface TabularNote {
  readonly level: 'chapter' | 'section' | 'code'
  /** `1`, `A00-A09` or a code without its dot. */
  readonly at: string
  readonly kind: NoteKind
  readonly text: string
}

/** A code of the tabular list with its place in the hierarchy. Codes are written without the dot. */
export interface TabularRow {
  readonly code: string
  readonly title: string
  readonly parent: string | null
  readonly chapter: string
  readonly section: string
  /** `true` where the publisher marks the code as a placeholder level. */
  readonly placeholder: boolean
  /** The 7th characters that this level defines, e.g. `{ A: 'initial encounter' }`. */
  readonly seventh: Readonly<Record<string, string>> | null
}

/**
 * One entry of the alphabetic index (diseases or external causes): its path from the main term down.
 * Each step keeps the essential words apart from the nonessential modifiers (in parentheses in print).
 */
export interface IndexStep {
  readonly title: string
  readonly nonessential: readonly string[]
}
export interface IndexRow {
  readonly path: readonly IndexStep[]
  /** As printed, with dot and trailing dash (`I50.-`), or null. */
  readonly code: string | null
  readonly manifestation: string | null
  readonly see: string | null
  readonly seeAlso: string | null
}

/** One line of the neoplasm table or of the table of drugs: path and the printed code of each column. */
export interface TableRow {
  readonly path: readonly IndexStep[]
  /** Column number of the publisher → code as printed (`C79.8-`); `--` cells are left out. */
  readonly cells: Readonly<Record<number, string>>
  /** Where the line refers to another; present only where the publisher prints it. */
  readonly see?: string
  readonly seeAlso?: string
}

/** What stood for a code before it was added; codes are written without the dot. */
export interface ConversionRow {
  readonly code: string
  /** First day of validity, `YYYY-MM-DD`. */
  readonly effective: string
  readonly previous: readonly string[]
}

/** A code that is exempt from the present-on-admission indicator, without its dot. */
export interface PoaExemptRow {
  readonly code: string
}

/** Where a release came from. */
export type Origin = 'publisher' | 'reconstructed' | 'lexicon'
