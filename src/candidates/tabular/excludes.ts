/**
 * Excludes1 among the candidates of a note: "NOT CODED HERE". Two codes of which the Tabular List says so are not
 * reported together, except where they are unrelated (Official Guidelines I.A.12.a). The code that says less gives way
 * where the note states the other as a diagnosis; elsewhere a person decides. Excludes2 says "not included here" and
 * forbids nothing (I.A.12.b).
 *
 *   K52.9 "diarrhea NOS (R19.7)"     the diarrhea is part of it: R19.7 gives way
 *   N39.0 "cystitis (N30.-)"         the site that N39.0 leaves open is stated: N39.0 gives way
 *   F17.210 and Z87.891              does he smoke or did he? A finding
 */
import type { Finding } from '../../model/result.js'
import type { ReferringNote } from '../../model/tabular.js'
import type { Superseded } from '../reconcile.js'
import { SYMPTOM_CODES } from '../score/concept-kind.js'
import { statesDiagnoses } from '../stated-sections.js'
import { noteNaming, type Coded } from './coded.js'

const EXCLUDES1 = 'I.A.12.a'

export interface Excluded {
  readonly losers: readonly Superseded[]
  readonly findings: readonly Finding[]
}

export function findExcluded(coded: readonly Coded[]): Excluded {
  const losers: Superseded[] = []
  const findings: Finding[] = []
  const gone = new Set<Coded>()
  coded.forEach((one, i) => {
    for (let next = i + 1; next < coded.length; next++) {
      const other = coded[next] as Coded
      if (gone.has(one) || gone.has(other)) continue
      const pair = excludedPair(one, other)
      if (pair === undefined) continue
      const [weak, strong] = givesWay(one, other) ? [one, other] : givesWay(other, one) ? [other, one] : []
      if (weak !== undefined && strong !== undefined) {
        gone.add(weak)
        losers.push({ loser: weak.gathered, by: strong.code, rule: EXCLUDES1 })
      } else if (isWorthAsking(pair)) findings.push(conflict(pair))
    }
  })
  return { losers, findings }
}

/** The first of the two holds the note that names the second. */
interface Pair {
  readonly holder: Coded
  readonly named: Coded
  readonly note: ReferringNote
}

function excludedPair(one: Coded, other: Coded): Pair | undefined {
  const pair = pairWith(one, other) ?? pairWith(other, one)
  return pair === undefined || areOnOtherSides(one, other) ? undefined : pair
}

function pairWith(holder: Coded, named: Coded): Pair | undefined {
  const note = noteNaming(holder, named, 'excludes1')
  return note === undefined ? undefined : { holder, named, note }
}

/** The bare word that the note of a stated condition names, or what its own note says is coded by that condition. */
function givesWay(weak: Coded, strong: Coded): boolean {
  if (!isDisease(strong) || !isStated(strong) || !(isSymptom(weak) || isUnspecified(weak))) return false
  if (noteNaming(strong, weak, 'excludes1')?.namesBare(weak.entry) === true) return true
  const own = noteNaming(weak, strong, 'excludes1')
  return own?.at === weak.code && isUnspecified(weak) && !isUnspecified(strong)
}

/**
 * A symptom is asked about only where its own note, or the bare word, is meant: notes of whole categories speak of
 * one cause of it ("coma in diabetes"). External causes are named side by side.
 */
function isWorthAsking({ holder, named, note }: Pair): boolean {
  if ([holder, named].some(({ code }) => /^[V-Y]/.test(code))) return false
  if (isSymptom(holder) && isSymptom(named)) return false
  return ![holder, named].some(isSymptom) || note.at === holder.code || note.namesBare(named.entry)
}

function isSymptom({ code }: Coded): boolean {
  return SYMPTOM_CODES.test(code)
}

/** Not where only the place is: "of unspecified ear" is a condition nevertheless. */
function isUnspecified({ code, display }: Coded): boolean {
  return /^[A-T]/.test(code) && /^unspecified\b|, unspecified(?:,|$)|\bnot specified\b/i.test(display)
}

function isDisease(coded: Coded): boolean {
  return /^[A-T]/.test(coded.code) && !isSymptom(coded)
}

function isStated({ gathered: { candidate } }: Coded): boolean {
  return candidate.evidence.some(({ section }) => statesDiagnoses(section))
}

/** A disease of the right eye and one of the left are unrelated. */
function areOnOtherSides(one: Coded, other: Coded): boolean {
  const sides = [one, other].map(({ display }) => /\b(?:left|right)\b/i.exec(display)?.[0].toLowerCase())
  return sides.includes('left') && sides.includes('right')
}

function conflict({ holder, named, note }: Pair): Finding {
  const where = note.at === undefined ? 'in its chapter' : `at ${note.at}`
  return {
    rule: EXCLUDES1,
    severity: isSymptom(holder) || isSymptom(named) ? 'info' : 'warning',
    codes: [holder.code, named.code],
    message: `${holder.code} excludes ${named.code} (Excludes1 ${where}): which of them is meant, or are the two unrelated?`,
    evidence: [holder, named].flatMap(({ gathered }) => gathered.candidate.evidence),
  }
}
