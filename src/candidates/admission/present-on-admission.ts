/**
 * The present-on-admission indicator of an inpatient's codes (Official Guidelines, Appendix I):
 *
 *   Y   present, which is what holds of conditions diagnosed before or stated without a time
 *   N   developed during the stay
 *   U   the documentation is not clear · W   the provider cannot determine it
 *   null with an applied rule: the code is exempt; null without one: nothing to report
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { Document } from '../../model/document.js'
import type { Setting } from '../../model/note.js'
import type { Candidate } from '../../model/result.js'
import { onsetOf, type Onset } from './develops-in-stay.js'

const APPENDIX = 'Appendix I'

export interface AdmissionParts {
  readonly document: Document
  readonly catalogue: Catalogue
  readonly setting: Setting
  /** Undefined where no list of exempt codes is installed. */
  readonly isPoaExempt: ((entry: number) => boolean) | undefined
}

export function withPoa(candidate: Candidate, parts: AdmissionParts): Candidate {
  if (parts.setting !== 'inpatient' || candidate.system !== 'icd10cm') return candidate
  const rules = [...candidate.rules, { id: APPENDIX, effect: 'poa' as const, from: [] }]
  if (isExempt(candidate.code, parts)) return { ...candidate, rules }
  const onsets = candidate.evidence
    .filter(({ role }) => role === 'condition' || role === 'code')
    .map(one => onsetOf(one, parts.document))
  return { ...candidate, rules, poa: indicatorOf(onsets) }
}

/** What is said in words before what follows from a place in the note; "Y" where nothing speaks against it. */
function indicatorOf(onsets: readonly Onset[]): string {
  if (onsets.includes('stated')) return 'Y'
  if (onsets.includes('stated-not')) return 'N'
  if (onsets.includes('undetermined')) return 'W'
  if (onsets.includes('unclear')) return 'U'
  if (onsets.includes('before')) return 'Y'
  return onsets.includes('in-stay') ? 'N' : 'Y'
}

/** Without the list: external causes and factors that influence health, of which nearly all are exempt. */
function isExempt(code: string, { catalogue, isPoaExempt }: AdmissionParts): boolean {
  const entry = catalogue.find(code)
  return isPoaExempt === undefined || entry < 0 ? /^[V-Z]/.test(code) : isPoaExempt(entry)
}
