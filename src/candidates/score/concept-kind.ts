/** What kind of statement a proposal's code is, for its worth. */
import type { ConceptKind } from '../../model/dictionary.js'
import type { Proposal } from '../drafts.js'

export type CodeKind = Exclude<ConceptKind, 'finding' | 'none'> | 'family' | 'measured'

/** Chapter 18, and pain coded to a site elsewhere: symptoms, not diagnoses (Official Guidelines I.C.18). */
export const SYMPTOM_CODES = /^(?:R|M25\.5|M54\.[2569]|M79\.[16]|N64\.4|H57\.1|H92\.0|K08\.8)/
/** Family history (I.C.21.c.4). */
const FAMILY_CODES = /^Z8[0-4]/
const HISTORY_CODES = /^Z8[5-7]/
const INJURY_CODES = /^[ST]/
const EXTERNAL_CODES = /^[V-Y]/

export function codeKindOf({ code, concept, derivation }: Proposal): CodeKind {
  if (FAMILY_CODES.test(code)) return 'family'
  if (HISTORY_CODES.test(code)) return 'history'
  if (derivation.every(step => step.by === 'attribute')) return 'measured'
  if (SYMPTOM_CODES.test(code)) return 'symptom'
  if (EXTERNAL_CODES.test(code)) return 'external'
  if (INJURY_CODES.test(code)) return 'injury'
  const kind = concept?.kind ?? (code.startsWith('Z') ? 'status' : 'disease')
  return kind === 'finding' ? 'symptom' : kind === 'none' ? 'disease' : kind
}

/** A disease or injury: what may explain a symptom. */
export function isDiagnosis({ code, system }: Pick<Proposal, 'code' | 'system'>): boolean {
  return system === 'icd10cm' && /^[A-QST]/.test(code) && !SYMPTOM_CODES.test(code)
}
