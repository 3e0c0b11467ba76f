/**
 * Candidates → the order of a claim. Sources: Official Guidelines I.C.15.a.1 (chapter 15 first), I.C.21.c.16 (codes
 * that are first-listed only), II and III (what occasioned the admission, then the other diagnoses), II.A
 * (symptoms behind definitive diagnoses), I.C.19.e.5 (adverse effects and underdosing behind what they
 * did), I.C.20 (external causes never first), IV.G. Within a group as the
 * note states them: the list of diagnoses before the story.
 */
import type { Candidate } from '../model/result.js'
import type { Gathered } from './gather.js'
import { nearlyStatesDiagnoses, statesDiagnoses } from './stated-sections.js'

const SYSTEM_ORDER = ['icd10cm', 'cpt', 'hcpcs']

/** `order`: pairs of codes of which the first stands before the second. */
export function rank(
  gathered: readonly Gathered[],
  order: readonly (readonly [first: string, second: string])[],
): Candidate[] {
  const sorted = gathered
    .map(({ candidate }) => ({ candidate, place: placeOf(candidate) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ candidate }) => candidate)
  // One pair may undo another: again, until nothing moves; pairs that contradict each other never would.
  for (let round = 0; round < order.length; round++) {
    const moved = order.map(([first, second]) => putBefore(sorted, first, second))
    if (!moved.includes(true)) break
  }
  return sorted.map((candidate, i) => ({ ...candidate, rank: i + 1 }))
}

type Unranked = Gathered['candidate']

/** Moves the code `first` right before `second` where it stands behind it; whether it did. */
function putBefore(sorted: Unranked[], first: string, second: string): boolean {
  const from = sorted.findIndex(({ code }) => code === first)
  const to = sorted.findIndex(({ code }) => code === second)
  if (from < 0 || to < 0 || from < to) return false
  sorted.splice(to, 0, ...sorted.splice(from, 1))
  return true
}

/** Numbers to be compared one after the other. */
type Place = readonly [...numbers: number[], code: string]

function placeOf(candidate: Unranked): Place {
  const { system, code, assertion, evidence } = candidate
  const isReason =
    assertion.cues.some(({ rule }) => REASON_OF_ENCOUNTER.test(rule)) ||
    evidence.some(({ section }) => section === ADMISSION_REASON)
  const sections = evidence.map(({ section }) => sectionPlace(section))
  const section = Math.min(...sections)
  const inSection = evidence.filter((_, i) => sections[i] === section)
  const own = inSection.filter(({ role }) => role === 'condition')
  const start = Math.min(...(own.length > 0 ? own : inSection).map(each => each.start))
  return [SYSTEM_ORDER.indexOf(system), groupOf(candidate), isReason ? 0 : 1, section, start, code]
}

function compare(a: Place, b: Place): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as number | string
    const right = b[i] as number | string
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** `admitted with`, `admitted for`, `here for`; a section may say it too (`Reason for admission:`). */
const ADMISSION_REASON = 'admission-reason'
const REASON_OF_ENCOUNTER = /^cur\.(?:admitted|here)/

/** Chapter 15, poisonings (I.C.19.e.5.b), and the codes of I.C.21.c.16. */
const FIRST =
  /^(?:O(?!9A)|T(?:3[6-9]|4\d|50)\.(?:..[1-4]|.[1-4]X)|Z(?:0[0-4]|33\.2|31\.8[1-4]|34|38|39|4[02]|51\.[01]|52|76\.[12]|99\.12))/
/** Reasons of an encounter that stand where the note states them. */
const ENCOUNTER = /^Z(?:0[89]|1[1-3]|2[35]|30|32|36|4[3-9]|51|71)/

/** Adverse effect and underdosing: behind the condition (I.C.19.e.5.a, c). */
const DRUG_TAKEN = /^T(?:3[6-9]|4\d|50)\.(?:..[56]|.[56]X)/

function groupOf({ code, evidence }: Unranked): number {
  if (FIRST.test(code)) return 0
  if (/^[VWXY]/.test(code)) return 5
  if (DRUG_TAKEN.test(code)) return 3
  const sections = evidence.map(({ section }) => section)
  if (code.startsWith('Z')) return ENCOUNTER.test(code) && !sections.every(isFindings) ? 1 : 4
  return code.startsWith('R') && !isUnexplained(sections) ? 2 : 1
}

/** The negative pregnancy test of a work-up is no reason of the encounter. */
function isFindings(section: string): boolean {
  return section === 'results' || section === 'imaging' || section === 'exam' || section === 'hpi'
}

/** A symptom that brought the patient and is still what the diagnosis names may stand first (II.A, IV.D). */
function isUnexplained(sections: readonly string[]): boolean {
  return sections.includes('diagnosis') && sections.some(section => REASONS.has(section))
}

const REASONS = new Set(['chief-complaint', 'indication', ADMISSION_REASON])

function sectionPlace(section: string): number {
  if (statesDiagnoses(section)) return 0
  return nearlyStatesDiagnoses(section) ? 1 : 2
}
