/**
 * First form of reconciling: a code for what is unspecified gives way to a more specific one of its
 * category that the note supports elsewhere (Official Guidelines I.A.9.b, I.B.2). Rules across
 * categories come as data later.
 */
import type { Gathered } from './gather.js'

export interface Superseded {
  readonly loser: Gathered
  readonly by: string
}

export function findSuperseded(gathered: readonly Gathered[]): Superseded[] {
  const superseded: Superseded[] = []
  for (const loser of gathered) {
    if (loser.candidate.system !== 'icd10cm' || !isUnspecified(loser)) continue
    const winner = gathered.find(other => other !== loser && takesPlaceOf(other, loser))
    if (winner !== undefined) superseded.push({ loser, by: winner.candidate.code })
  }
  return superseded
}

function isUnspecified({ candidate, proposals }: Gathered): boolean {
  if (proposals.every(proposal => proposal.unspecified)) return true
  return /unspecified|without complication/i.test(candidate.display) || /^[A-Z]..\.[089]$/.test(candidate.code)
}

/** Same category and more said: a longer code or one that is not unspecified itself. */
function takesPlaceOf(winner: Gathered, loser: Gathered): boolean {
  const strong = winner.candidate
  const weak = loser.candidate
  if (strong.system !== 'icd10cm' || strong.code.slice(0, 3) !== weak.code.slice(0, 3)) return false
  if (isUnspecified(winner)) return false
  return sharedStem(strong.code, weak.code) >= Math.min(weak.code.length - 1, 5) || /unspecified/i.test(weak.display)
}

function sharedStem(left: string, right: string): number {
  let length = 0
  while (length < Math.min(left.length, right.length) && left[length] === right[length]) length++
  return length
}
