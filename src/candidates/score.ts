/**
 * Confidence of a proposal as a sum of named parts, so that every score can be read out. The numbers
 * were set on the development notes (`npm run accuracy`) and say how often such a proposal was right.
 */
import type { Concept, PhraseSource } from '../model/dictionary.js'
import type { ScoreParts } from '../model/result.js'

/** How far the wording's source is to be trusted. */
const BY_SOURCE: Readonly<Record<PhraseSource, number>> = {
  lexicon: 0.72,
  'lexicon-abbreviation': 0.66,
  abbreviation: 0.6,
  'lexicon-lay': 0.62,
  title: 0.72,
  'title-default': 0.6,
  'inclusion-term': 0.64,
  index: 0.56,
  'neoplasm-table': 0.58,
}

/** Where a diagnosis is stated, and where only findings and plans stand (Official Guidelines III.B, IV). */
const BY_SECTION: Readonly<Record<string, number>> = {
  assessment: 0.2,
  diagnosis: 0.2,
  'problem-list': 0.12,
  indication: 0.02,
  'chief-complaint': 0.02,
  hpi: 0,
  none: 0.04,
  'hospital-course': 0.05,
  'past-history': 0.02,
  plan: 0,
  exam: -0.15,
  vitals: -0.2,
  results: -0.15,
  imaging: -0.1,
  ros: -0.15,
  medications: -0.2,
  allergies: -0.05,
  procedure: -0.1,
}

/** Where a note with an assessment tells what it then states there. */
const NARRATIVE = new Set(['hpi', 'chief-complaint', 'ros'])

/** Kinds that hold wherever they are told. */
const STANDING = new Set(['status', 'history'])

/** Chapter 18, and pain coded to a site elsewhere: symptoms, not diagnoses (Official Guidelines I.C.18). */
export const SYMPTOM_CODES = /^(?:R|M25\.5|M54\.[2569]|M79\.[16]|N64\.4|H57\.1|H92\.0|K08\.8)/

export interface ScoreInput {
  readonly source: PhraseSource
  readonly code: string
  readonly concept: Concept | undefined
  readonly section: string
  readonly words: number
  readonly strangers: number
  readonly unspecified: boolean
  /** A word of it was misspelt. */
  readonly isSlip: boolean
  /** The note states its diagnoses in a section of their own. */
  readonly hasAssessment: boolean
}

export function scoreParts(input: ScoreInput): ScoreParts {
  const { concept, section } = input
  const isSymptom =
    concept?.kind === 'symptom' || concept?.kind === 'finding' || SYMPTOM_CODES.test(input.code)
  const stated = section === 'assessment' || section === 'diagnosis' || section === 'problem-list'
  return {
    source: BY_SOURCE[input.source],
    section: BY_SECTION[section] ?? 0,
    words: Math.min(0.08, 0.04 * (input.words - 1)),
    scattered: -0.05 * Math.min(3, input.strangers),
    unspecified: input.unspecified ? -0.02 : 0,
    spelling: input.isSlip ? -0.06 : 0,
    // A symptom told in the history is explained by what the assessment names (I.B.5, IV.D).
    symptom: isSymptom && input.hasAssessment && !stated ? -0.45 : 0,
    // No assessment names how an injury came about; the story does (I.C.20.a).
    elsewhere:
      !isSymptom && input.hasAssessment && !stated && concept?.kind !== 'external'
        ? NARRATIVE.has(section) && !STANDING.has(concept?.kind ?? 'disease')
          ? -0.35
          : -0.12
        : 0,
    weak: stated ? 0 : weakness(concept, input.hasAssessment),
  }
}

/** What a word loses outside the lists of diagnoses for being an everyday one, or for naming no site (I.C.2.k). */
function weakness(concept: Concept | undefined, hasAssessment: boolean): number {
  if (concept?.statedOnly === true) return -0.5
  if (concept?.weak === true) return hasAssessment ? -0.4 : -0.15
  return 0
}

export function sumParts(parts: ScoreParts): number {
  const sum = Object.values(parts).reduce((total, part) => total + part, 0)
  return Math.round(Math.min(0.99, Math.max(0.01, sum)) * 1000) / 1000
}

/** Each further mention of the same code adds a little. */
export const REPEATED = 0.03
export const MOST_REPEATS = 3
/** Below this a proposal is a ledger line, not a candidate (`--min-score`). */
export const DEFAULT_MIN_SCORE = 0.5
