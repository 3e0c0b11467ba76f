/**
 * "Code first" and "use additional code": the etiology stands before the manifestation, and a manifestation never
 * stands alone (Official Guidelines I.A.13, I.B.7). "Code also" leaves the order open (I.A.17).
 */
import type { Finding } from '../../model/result.js'
import { noteNaming, type Coded } from './coded.js'

const ETIOLOGY = 'I.A.13'

/** Pairs of codes of which the first stands before the second. */
export function findSequence(coded: readonly Coded[]): (readonly [first: string, second: string])[] {
  const pairs: (readonly [string, string])[] = []
  for (const one of coded) {
    if (one.notes.codeFirst === undefined && one.notes.useAdditionalCode === undefined) continue
    for (const other of coded) {
      if (noteNaming(one, other, 'codeFirst') !== undefined) pairs.push([other.code, one.code])
      else if (noteNaming(one, other, 'useAdditionalCode') !== undefined) pairs.push([one.code, other.code])
    }
  }
  return pairs
}

/** Codes that are never first, and whose underlying disease is not among the candidates. */
export function findMissingEtiology(coded: readonly Coded[]): Finding[] {
  return coded.flatMap((one): Finding[] => {
    const notes = one.notes.codeFirst?.filter(({ demands }) => demands) ?? []
    if (notes.length === 0 || !isManifestation(one)) return []
    if (coded.some(other => other !== one && notes.some(note => note.names(other.entry)))) return []
    return [
      {
        rule: ETIOLOGY,
        severity: 'info',
        codes: [one.code],
        message: `${one.code} is never coded alone: which underlying disease does the note name? Its code stands first`,
        evidence: one.gathered.candidate.evidence,
      },
    ]
  })
}

/** The titles of manifestation codes say so (I.A.13); severe sepsis and anemia of a disease follow theirs too. */
function isManifestation({ display, code }: Coded): boolean {
  return (
    /classified elsewhere|in neoplastic disease|due to known physiological condition/i.test(display) ||
    code.startsWith('R65.2')
  )
}
