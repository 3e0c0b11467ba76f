/**
 * Candidates → the order of a claim. Sources: Official Guidelines I.C.15.a.1 (chapter 15 first), I.C.21.c.16 (codes
 * that are first-listed only), II and III (what occasioned the admission, then the other diagnoses), II.A
 * (symptoms behind definitive diagnoses), I.C.20 (external causes never first), IV.G. Within a group as the
 * note states them: the list of diagnoses before the story.
 */
import type { Candidate } from '../model/result.js'
import type { Gathered } from './gather.js'

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
  for (const [first, second] of order) putBefore(sorted, first, second)
  return sorted.map((candidate, i) => ({ ...candidate, rank: i + 1 }))
}

type Unranked = Gathered['candidate']

/** Moves the code `first` right before `second` where it stands behind it. */
function putBefore(sorted: Unranked[], first: string, second: string): void {
  const from = sorted.findIndex(({ code }) => code === first)
  const to = sorted.findIndex(({ code }) => code === second)
  if (from >= 0 && to >= 0 && from > to) sorted.splice(to, 0, ...sorted.splice(from, 1))
}

/** Numbers to be compared one after the other. */
type Place = readonly [...numbers: number[], code: string]

function placeOf(candidate: Unranked): Place {
  const { system, code, assertion, evidence } = candidate
  const isReason = assertion.cues.some(({ rule }) => REASON_OF_ENCOUNTER.test(rule))
  const sections = evidence.map(({ section }) => sectionPlace(section))
  const section = Math.min(...sections)
  const start = Math.min(...evidence.filter((_, i) => sections[i] === section).map(each => each.start))
  return [SYSTEM_ORDER.indexOf(system), groupOf(code), isReason ? 0 : 1, section, start, code]
}

function compare(a: Place, b: Place): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as number | string
    const right = b[i] as number | string
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** `admitted with`, `admitted for`, `here for`. */
const REASON_OF_ENCOUNTER = /^cur\.(?:admitted|here)/

/** Chapter 15, poisonings (I.C.19.e.5.b), and the codes of I.C.21.c.16. */
const FIRST =
  /^(?:O(?!9A)|T(?:3[6-9]|4\d|50)\...[1-4]|Z(?:0[0-4]|33\.2|31\.8[1-4]|34|38|39|4[02]|51\.[01]|52|76\.[12]|99\.12))/
/** Reasons of an encounter that stand where the note states them. */
const ENCOUNTER = /^Z(?:0[89]|1[1-3]|2[35]|30|32|36|4[3-9]|51|71)/

function groupOf(code: string): number {
  if (FIRST.test(code)) return 0
  if (/^[VWXY]/.test(code)) return 4
  if (code.startsWith('Z')) return ENCOUNTER.test(code) ? 1 : 3
  return code.startsWith('R') ? 2 : 1
}

const STATED = new Set(['diagnosis', 'assessment'])
const NEARLY_STATED = new Set(['problem-list', 'hospital-course', 'plan'])

function sectionPlace(section: string): number {
  if (STATED.has(section)) return 0
  return NEARLY_STATED.has(section) ? 1 : 2
}
