/**
 * What comes back for a chunk: the lines of its results and of its errors, and a flat account of its notes
 * in order, eight numbers each, from which duplicates are told and everything is counted.
 *
 *   what  bytes  line  unit  key key key key
 *     │     │      │     │    └ first 16 bytes of the note's key; zeros where the note was not read
 *     │     │      │     └ 0-based place of its unit in the chunk
 *     │     │      └ 1-based line of its source
 *     │     └ length of its line in results, or in errors where it failed
 *     └ 0 coded, 1 nothing codeable, 2 failed
 */
import type { ErrorCode } from '../../model/errors.js'
import type { DictionaryUsed } from '../../model/result.js'

export const NOTE_STRIDE = 8
export const WHAT = { coded: 0, nothingCodeable: 1, failed: 2 } as const

export interface ChunkOutcome {
  readonly results: Uint8Array
  readonly errors: Uint8Array
  readonly notes: Uint32Array
  /** Failures by code. */
  readonly failures: Readonly<Record<string, number>>
  readonly used: readonly DictionaryUsed[]
  /** Units that cost their workers, and notes on which the engine failed; they stand in `errors` too. */
  readonly quarantined: readonly QuarantinedUnit[]
}

/** What a note has before it is put aside. */
export const ATTEMPTS = 2

export interface QuarantinedUnit {
  /** 0-based place in the chunk. */
  readonly unit: number
  readonly reason: ErrorCode
  readonly attempts: number
}

/** read = coded + nothingCodeable + duplicate + failed, always. */
export interface BatchCounts {
  readonly read: number
  readonly coded: number
  readonly nothingCodeable: number
  readonly duplicate: number
  readonly failed: number
}

export const NO_COUNTS: BatchCounts = { read: 0, coded: 0, nothingCodeable: 0, duplicate: 0, failed: 0 }

export function addCounts(left: BatchCounts, right: BatchCounts): BatchCounts {
  return {
    read: left.read + right.read,
    coded: left.coded + right.coded,
    nothingCodeable: left.nothingCodeable + right.nothingCodeable,
    duplicate: left.duplicate + right.duplicate,
    failed: left.failed + right.failed,
  }
}

export function addFailures(
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...left }
  for (const [code, count] of Object.entries(right)) sum[code] = (sum[code] ?? 0) + count
  return sum
}

/** Outcomes of single units, in order, as that of the chunk they were split from. */
export function joinOutcomes(outcomes: readonly ChunkOutcome[]): ChunkOutcome {
  return {
    results: Buffer.concat(outcomes.map(({ results }) => results)),
    errors: Buffer.concat(outcomes.map(({ errors }) => errors)),
    notes: joinNotes(outcomes.map(({ notes }) => notes)),
    failures: outcomes.reduce<Record<string, number>>((sum, { failures }) => addFailures(sum, failures), {}),
    used: joinUsed(outcomes.flatMap(({ used }) => used)),
    quarantined: outcomes.flatMap(({ quarantined }, unit) => quarantined.map(one => ({ ...one, unit }))),
  }
}

/** Each chunk had one unit, whose place was 0: it becomes its place among them. */
function joinNotes(parts: readonly Uint32Array[]): Uint32Array {
  const joined = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  parts.forEach((part, unit) => {
    joined.set(part, at)
    for (let i = 0; i < part.length; i += NOTE_STRIDE) joined[at + i + 3] = unit
    at += part.length
  })
  return joined
}

/** Each dictionary once, by release and system. */
export function joinUsed(used: readonly DictionaryUsed[]): DictionaryUsed[] {
  const distinct = new Map(used.map(one => [`${one.release} ${one.system} ${one.hash}`, one]))
  return [...distinct].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}
