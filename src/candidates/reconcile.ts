/**
 * First form of reconciling, one rule a function: which candidate gives way to which.
 *
 *   I.A.9.b, I.B.2   an unspecified code to a more specific one of its category
 *   I.B.18           the code of a bare word ("the tumor") to the code of what it refers to
 *   I.C.21.c.4       a history code to the condition itself, where it is still present
 *   I.C.20.a         an external cause stands beside an injury or another code that it explains
 *
 * Rules across categories are data: rules/run-rules.ts.
 */
import { categoryOf } from '../codes/icd10cm.js'
import type { GeneralCode } from '../model/dictionary.js'
import type { Gathered } from './gather.js'

export interface Superseded {
  readonly loser: Gathered
  readonly by: string
  readonly rule: string
}

export function findSuperseded(
  gathered: readonly Gathered[],
  generalCodes: readonly GeneralCode[],
): Superseded[] {
  const diagnoses = gathered.filter(
    one => one.candidate.system === 'icd10cm' && !isExternalCause(one.candidate.code),
  )
  const superseded: Superseded[] = []
  for (const loser of diagnoses) {
    const found =
      byCondition(loser, diagnoses) ??
      byReferent(loser, diagnoses, generalCodes) ??
      bySpecific(loser, diagnoses)
    if (found !== undefined) superseded.push({ loser, by: found.winner.candidate.code, rule: found.rule })
  }
  return superseded
}

/** External causes of a note that codes nothing they could explain. */
export function findUnexplained(gathered: readonly Gathered[]): Gathered[] {
  const causes = gathered.filter(one => isExternalCause(one.candidate.code))
  return gathered.some(one => EXPLAINED.test(one.candidate.code)) ? [] : causes
}

function isExternalCause(code: string): boolean {
  return /^[V-Y]/.test(code)
}

/** Injuries, pain and joint trouble of a site, fractures, burns, wounds: what a mechanism explains. */
const EXPLAINED = /^(?:[STM]|R0[47]|R1[09]|R2|R51|R55|H|O9A|L5[5-9]|G8|N)/

interface Found {
  readonly winner: Gathered
  readonly rule: string
}

/** The first beside the loser that wins. */
function first(
  loser: Gathered,
  all: readonly Gathered[],
  rule: string,
  wins: (other: Gathered) => boolean,
): Found | undefined {
  const winner = all.find(other => other !== loser && wins(other))
  return winner === undefined ? undefined : { winner, rule }
}

/** "History of kidney stones … assessment: kidney stones": the stones are present. */
function byCondition(loser: Gathered, all: readonly Gathered[]): Found | undefined {
  const { candidate } = loser
  const past = candidate.rules
    .filter(rule => rule.effect === 'replace' && rule.id === HISTORY)
    .flatMap(rule => rule.from)
  if (past.length === 0 || candidate.assertion.experiencer !== 'patient') return undefined
  return first(loser, all, HISTORY, other =>
    past.some(code => categoryOf(other.candidate.code) === categoryOf(code)),
  )
}

const HISTORY = 'I.C.21.c.4'

function byReferent(
  loser: Gathered,
  all: readonly Gathered[],
  generalCodes: readonly GeneralCode[],
): Found | undefined {
  const general = generalCodes.find(row => isSameApartFromEncounter(row.code, loser.candidate.code))
  if (general === undefined) return undefined
  return first(loser, all, 'I.B.18', ({ candidate: { code } }) =>
    general.givesWayTo.some(
      beginning =>
        code.startsWith(beginning) && !generalCodes.some(row => isSameApartFromEncounter(row.code, code)),
    ),
  )
}

/** `T14.90XA` and `T14.90XD`: "the injury" means the injury that the note names at every encounter. */
function isSameApartFromEncounter(one: string, other: string): boolean {
  if (one.length < SEVEN_CHARACTERS) return one === other
  return other.length === one.length && other.startsWith(one.slice(0, -1))
}

function bySpecific(loser: Gathered, all: readonly Gathered[]): Found | undefined {
  return isUnspecified(loser) ? first(loser, all, 'I.B.2', other => saysMore(other, loser)) : undefined
}

/** Whether a candidate leaves something open. */
export function isUnspecified({ candidate, proposals }: Gathered): boolean {
  if (candidate.derivation.at(-1)?.by === 'rule') return false
  if (proposals.length > 0 && proposals.every(proposal => proposal.unspecified)) return true
  return /unspecified|without complication/i.test(candidate.display) || OPEN_ENDING.test(candidate.code)
}

/** Not of Z79 and Z88, where each digit is a drug of its own. */
const OPEN_ENDING = /^(?!Z79|Z88)[A-Z]..\.9$/

/** Whether the winner says more exactly what the loser leaves open: it stands below what the loser says beside its unspecified characters. */
export function saysMore(winner: Gathered, loser: Gathered): boolean {
  const strong = winner.candidate.code
  const said = saidOf(loser.candidate.code)
  return strong.startsWith(said) && saidOf(strong).length > said.length
}

/**
 * `M25.569` → `M25.5`, `E11.9` → `E11.`, `S52.509A` → `S52.5`: without 7th character, X, 9 and 0 at the end. A 0 right
 * behind the dot of a longer code names a subcategory: `Z59.00` → `Z59.0`.
 */
function saidOf(code: string): string {
  const stem = code.length === SEVEN_CHARACTERS ? code.slice(0, -1) : code
  const kept = /^....0./.test(stem) ? SUBCATEGORY : CATEGORY
  return stem.slice(0, kept) + stem.slice(kept).replace(/[09X]+$/, '')
}

/** Lengths with the dot. */
const CATEGORY = 4
const SUBCATEGORY = 5
const SEVEN_CHARACTERS = 8
