/**
 * What a coder may still have to ask of a candidate: `missing` and `alternatives`. Both rest on the code and the
 * dictionary and are found once for a code; the notes of a day speak of the same codes again and again.
 */
import type { Candidate, MissingDetail } from '../../model/result.js'
import type { HoldsWord } from '../../text/words-of-note.js'
import { findMissing, openAxes } from './missing.js'
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

export function createDetail(parts: NearParts): AddDetail {
  const missingOf = remember<MissingDetail[]>()
  const nearOf = remember<NearCode[]>()
  return (candidate, note) => {
    const { code, system, derivation } = candidate
    if (system !== 'icd10cm') return candidate
    const open = openAxes(derivation)
    const key = open.reduce((name, axis) => `${name} ${axis.name}${axis.at}`, code)
    const missing = missingOf(key, () => findMissing(code, open, parts))
    const near = nearOf(code, () => findNear(code, parts))
    if (near.length === 0) return missing.length === 0 ? candidate : { ...candidate, missing }
    const isTaken = (other: string): boolean =>
      note.codes.has(other) || missing.some(({ options }) => options.some(option => option.code === other))
    return { ...candidate, missing, alternatives: chooseAlternatives(near, note.holdsWord, isTaken) }
  }
}

function remember<Value>(): (key: string, find: () => Value) => Value {
  const known = new Map<string, Value>()
  return (key, find) => {
    const seen = known.get(key)
    if (seen !== undefined) return seen
    if (known.size === REMEMBERED) known.clear()
    const value = find()
    known.set(key, value)
    return value
  }
}
