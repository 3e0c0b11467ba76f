/**
 * What a coder may still have to ask of a candidate: `missing` and `alternatives`. Both rest on the code and the
 * dictionary and are found once for a code; the notes of a day speak of the same codes again and again.
 */
import type { Candidate, MissingDetail } from '../../model/result.js'
import type { HoldsWord } from '../../text/words-of-note.js'
import { findMissing, openAxes, type OpenAxis } from './missing.js'
import { chooseAlternatives, findNear, type NearCode, type NearParts } from './near-codes.js'

export type AddDetail = <One extends Omit<Candidate, 'rank'>>(candidate: One, note: NoteWords) => One

/** What of a note decides between near codes. */
export interface NoteWords {
  readonly holdsWord: HoldsWord
  /** Codes of which the note speaks already, also those that are not coded. */
  readonly codes: ReadonlySet<string>
}

/** Codes of which the detail is remembered. */
const REMEMBERED = 4096

/** What does not depend on the note. */
interface Detail {
  readonly missing: MissingDetail[]
  /** Near codes that are no options of `missing`. */
  readonly near: readonly NearCode[]
}

export function createDetail(parts: NearParts): AddDetail {
  const known = new Map<string, Detail>()
  return (candidate, { holdsWord, codes }) => {
    const { code, system, derivation } = candidate
    if (system !== 'icd10cm') return candidate
    const open = openAxes(derivation)
    const key = open.reduce((name, axis) => `${name} ${axis.name}${axis.at}`, code)
    let detail = known.get(key)
    if (detail === undefined) {
      if (known.size === REMEMBERED) known.clear()
      detail = findDetail(code, open, parts)
      known.set(key, detail)
    }
    const { missing, near } = detail
    if (near.length === 0) return missing.length === 0 ? candidate : { ...candidate, missing }
    return { ...candidate, missing, alternatives: chooseAlternatives(near, holdsWord, codes) }
  }
}

function findDetail(code: string, open: readonly OpenAxis[], parts: NearParts): Detail {
  const missing = findMissing(code, open, parts)
  const options = new Set(missing.flatMap(one => one.options.map(option => option.code)))
  return { missing, near: findNear(code, parts).filter(near => !options.has(near.code)) }
}
