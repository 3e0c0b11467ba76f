/**
 * A stretch of a batch's input that one worker codes in one go: raw notes side by side in one block of
 * memory, which is moved between threads and not copied. And what comes back for it.
 */
import type { RawNote } from '../../intake/raw-note.js'
import type { Reject } from '../../model/note.js'
import type { DictionaryUsed } from '../../model/result.js'

export interface ChunkUnit {
  /** Path of the input, as it stands in error records. */
  readonly source: string
  readonly line: number
  readonly kind: RawNote['kind']
  /** Of a file that is one note. */
  readonly id?: string
  /** Of a note that was refused before it got here. */
  readonly reject?: Reject
  /** Range in the chunk's bytes. */
  readonly start: number
  readonly end: number
}

export interface Chunk {
  /** 0-based place in the batch. */
  readonly sequence: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly units: readonly ChunkUnit[]
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

export interface ChunkOutcome {
  readonly results: Uint8Array
  readonly errors: Uint8Array
  readonly counts: BatchCounts
  readonly used: readonly DictionaryUsed[]
}

export function rawNoteOf({ bytes }: Chunk, { kind, line, id, reject, start, end }: ChunkUnit): RawNote {
  if (kind === 'reject') return { kind, reject: reject as Reject }
  const own = bytes.subarray(start, end)
  return kind === 'json' ? { kind, line, bytes: own } : { kind, line: 1, id: id as string, bytes: own }
}

/** One chunk a note, to find the one of which a worker died. */
export function splitChunk({ sequence, bytes, units }: Chunk): Chunk[] {
  return units.map(unit => ({
    sequence,
    bytes: bytes.slice(unit.start, unit.end),
    units: [{ ...unit, start: 0, end: unit.end - unit.start }],
  }))
}

export function joinOutcomes(outcomes: readonly ChunkOutcome[]): ChunkOutcome {
  return {
    results: Buffer.concat(outcomes.map(({ results }) => results)),
    errors: Buffer.concat(outcomes.map(({ errors }) => errors)),
    counts: outcomes.reduce((sum, { counts }) => addCounts(sum, counts), NO_COUNTS),
    used: joinUsed(outcomes.flatMap(({ used }) => used)),
  }
}

/** Each dictionary once, by release and system. */
export function joinUsed(used: readonly DictionaryUsed[]): DictionaryUsed[] {
  const distinct = new Map(used.map(one => [`${one.release} ${one.system} ${one.hash}`, one]))
  return [...distinct].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}

/** An error record of a batch names the input beside DESIGN.md's fields. */
export function errorLine(source: string, { line, id, error }: Reject): string {
  return `${JSON.stringify({ source, line, ...(id === undefined ? {} : { id }), error })}\n`
}
