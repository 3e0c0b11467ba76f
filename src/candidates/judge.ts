/**
 * What the assertion of a mention means for coding: code it, code its history or family form, or leave
 * it for a reason. Sources: Official Guidelines II.H and III.C (uncertain diagnoses, inpatient), IV.H
 * (outpatient), I.C.21.c.4 (history), I.A.19.
 */
import type { Assertion, Cue, Temporality } from '../model/assertion.js'
import type { Concept } from '../model/dictionary.js'
import type { Setting } from '../model/note.js'
import type { NotCodedReason } from '../model/result.js'
import { statesDiagnoses } from './stated-sections.js'

export type Judgement =
  /** `temporality`: what the concept makes of the words' own: diabetes in a history of it lasts, a former smoker is past. */
  | { readonly kind: 'code'; readonly temporality?: Temporality }
  /** Another code stands for the past or the relative's condition; the mention's own is not coded. */
  | {
      readonly kind: 'instead'
      readonly code: string
      readonly rule: string
      readonly reason: NotCodedReason
      readonly cue: Cue | undefined
    }
  | {
      readonly kind: 'leave'
      readonly reason: NotCodedReason
      readonly rule?: string
      readonly cue: Cue | undefined
    }

/** Sections in which nothing is a statement about this patient's encounter. */
const IGNORED_SECTIONS = new Set(['template', 'consent', 'instructions', 'differential'])
/** Kinds whose words already speak of the past or of a circumstance. */
const TIMELESS = new Set<Concept['kind']>(['status', 'history', 'external', 'encounter'])

export function judge(
  assertion: Assertion,
  concept: Concept | undefined,
  setting: Setting,
  section: string,
  hasAssessment: boolean,
): Judgement {
  const cueOf = (...categories: readonly string[]): Cue | undefined =>
    assertion.cues.find(cue => categories.some(category => cue.category.startsWith(category))) ??
    assertion.cues[0]
  if (assertion.presence === 'absent' && !isOverInThisStay(assertion, setting, section))
    return { kind: 'leave', reason: 'negated', cue: cueOf('negat', 'absent') }
  if (assertion.experiencer === 'family')
    return familyJudgement(assertion, concept, cueOf('family', 'experiencer'))
  if (assertion.experiencer !== 'patient')
    return { kind: 'leave', reason: 'not-patient', cue: cueOf('other', 'experiencer', 'donor') }
  if (assertion.certainty === 'hypothetical' || assertion.temporality === 'hypothetical')
    return { kind: 'leave', reason: 'hypothetical', cue: cueOf('hypothetical') }
  if (IGNORED_SECTIONS.has(section)) return { kind: 'leave', reason: 'section', cue: undefined }
  if (
    assertion.certainty !== 'confirmed' &&
    (setting === 'outpatient' || !isFinalStatement(section, hasAssessment))
  )
    return {
      kind: 'leave',
      reason: 'uncertain-outpatient',
      rule: setting === 'outpatient' ? 'IV.H' : 'II.H',
      cue: cueOf('possible', 'probable', 'uncertain'),
    }
  if (assertion.temporality === 'historical') return pastJudgement(concept, cueOf('histor'))
  if (concept?.pastOnly === true)
    return { kind: 'leave', reason: 'no-code', rule: 'I.C.21.c.3', cue: undefined }
  return concept?.kind === 'history' ? { kind: 'code', temporality: 'historical' } : { kind: 'code' }
}

/** What a stay has cured was treated in it: "AKI, resolved with fluids" (II, III: conditions of the episode of care). */
function isOverInThisStay({ cues, certainty }: Assertion, setting: Setting, section: string): boolean {
  return (
    setting === 'inpatient' &&
    certainty === 'confirmed' &&
    isStatement(section) &&
    cues.some(({ rule, category }) => category.startsWith('negated') && /resolved/.test(rule))
  )
}

/** Sections that are no final diagnostic statement: an image "suspicious for" a disease is none (II.H, III.C). */
const FINDINGS = new Set([
  'imaging',
  'results',
  'exam',
  'vitals',
  'indication',
  'chief-complaint',
  'admission-reason',
  'ros',
])

/** The list of diagnoses, and the account of the stay. */
function isStatement(section: string): boolean {
  return statesDiagnoses(section) || section === 'hospital-course'
}

function isFinalStatement(section: string, hasAssessment: boolean): boolean {
  return hasAssessment ? isStatement(section) || section === 'plan' : !FINDINGS.has(section)
}

function familyJudgement(
  assertion: Assertion,
  concept: Concept | undefined,
  cue: Cue | undefined,
): Judgement {
  if (concept !== undefined && FAMILY_HISTORY.test(concept.code)) return { kind: 'code' }
  if (concept?.family !== undefined && assertion.certainty === 'confirmed')
    return { kind: 'instead', code: concept.family, rule: 'I.C.21.c.4', reason: 'family', cue }
  return { kind: 'leave', reason: 'family', cue }
}

/** Codes whose own words name the relative: "mother had ovarian cancer" below the heading of the family history. */
const FAMILY_HISTORY = /^Z8[0-4]/

function pastJudgement(concept: Concept | undefined, cue: Cue | undefined): Judgement {
  if (concept === undefined) return { kind: 'leave', reason: 'historical', cue }
  if (concept.chronic === true) return { kind: 'code', temporality: 'current' }
  // "Her last screening mammogram was in 2021": an encounter of then is none of today (I.C.21.c.5).
  if (concept.kind === 'encounter') return { kind: 'leave', reason: 'historical', cue }
  if (TIMELESS.has(concept.kind)) return { kind: 'code' }
  if (concept.history !== undefined)
    return { kind: 'instead', code: concept.history, rule: 'I.C.21.c.4', reason: 'historical', cue }
  return { kind: 'leave', reason: 'historical', cue }
}
