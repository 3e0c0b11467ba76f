/** What comes out for one note; the format is fixed by DESIGN.md. Offsets are UTF-16 unless `offsets` says otherwise. */
import type { Assertion } from './assertion.js'
import type { CodeSystem, Origin } from './code.js'
import type { Setting } from './note.js'
import type { Quote } from './span.js'

export const EVIDENCE_ROLES = [
  'condition',
  'laterality',
  'site',
  'type',
  'severity',
  'acuity',
  'stage',
  'trimester',
  'organism',
  'cause',
  'episode',
  'encounter',
  'measurement',
  'procedure',
  'code',
] as const
export type EvidenceRole = (typeof EVIDENCE_ROLES)[number]

export interface Evidence extends Quote {
  readonly role: EvidenceRole
  readonly section: string
}

/** Who or what chose a stretch of the code's characters. */
export interface Derivation {
  readonly characters: string
  readonly by: 'phrase' | 'attribute' | 'default' | 'rule'
  readonly why: string
  /** Indexes into the candidate's evidence. */
  readonly evidence: readonly number[]
  readonly source: string
}

export interface MissingDetail {
  readonly axis: string
  readonly options: readonly { readonly code: string; readonly words: readonly string[] }[]
}

export interface AppliedRule {
  readonly id: string
  readonly effect: 'drop' | 'keep' | 'add' | 'replace' | 'order' | 'query' | 'poa'
  readonly from: readonly string[]
}

export type ProcedureAction = 'performed' | 'ordered' | 'planned' | 'historical' | 'declined'

/** What a score is made of: feature → weight in log odds. */
export type ScoreParts = Readonly<Record<string, number>>

export interface Candidate {
  readonly system: CodeSystem
  readonly code: string
  readonly display: string
  readonly billable: boolean
  readonly score: number
  readonly rank: number
  readonly evidence: readonly Evidence[]
  readonly assertion: Assertion
  readonly derivation: readonly Derivation[]
  readonly alternatives: readonly { readonly code: string; readonly needs: string }[]
  readonly missing: readonly MissingDetail[]
  readonly rules: readonly AppliedRule[]
  readonly poa: string | null
  readonly modifiers: readonly {
    readonly code: string
    readonly why: string
    readonly evidence: readonly number[]
  }[]
  readonly units?: number
  readonly action?: ProcedureAction
  /** Only with `--explain`. */
  readonly scoreParts?: ScoreParts
}

export const NOT_CODED_REASONS = [
  'negated',
  'family',
  'historical',
  'hypothetical',
  'uncertain-outpatient',
  'integral-symptom',
  'superseded',
  'excludes1',
  'section',
  'ambiguous',
  'invalid-on-date',
  'below-score',
  'not-patient',
  'planned',
  'declined',
  'no-code',
] as const
export type NotCodedReason = (typeof NOT_CODED_REASONS)[number]

/** One (mention, code) pair that is no candidate, and why. */
export interface NotCoded extends Quote {
  readonly system: CodeSystem
  /** Null where the words are ambiguous or no code exists. */
  readonly code: string | null
  /** The codes that ambiguous words may mean. */
  readonly codes?: readonly string[]
  readonly section: string
  readonly reason: NotCodedReason
  readonly cue?: Quote & { readonly rule: string }
  readonly rule?: string
  /** The code that took this one's place. */
  readonly by?: string
  /** Only with `--explain`, of what scores below the limit. */
  readonly score?: number
  readonly scoreParts?: ScoreParts
}

export interface Finding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly codes: readonly string[]
  readonly message: string
  readonly evidence: readonly Evidence[]
}

export interface DictionaryUsed {
  readonly system: CodeSystem
  readonly release: string
  readonly origin: Origin
  readonly hash: string
}

export type OffsetUnit = 'utf16' | 'codepoint' | 'byte'

export interface NoteResult {
  readonly id: string
  readonly setting: Setting
  readonly settingAssumed?: true
  readonly dateOfService: string | null
  readonly input: { readonly sha256: string; readonly characters: number }
  readonly engine: string
  readonly options: Readonly<Record<string, unknown>>
  readonly dictionaries: readonly DictionaryUsed[]
  readonly candidates: readonly Candidate[]
  readonly notCoded: readonly NotCoded[]
  readonly findings: readonly Finding[]
  readonly offsets: OffsetUnit
}
