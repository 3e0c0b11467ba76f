/**
 * A stretch of input that one worker thread codes in one go: raw notes side by side in one block of memory,
 * which is moved between threads and not copied.
 */
import type { RawNote } from '../../intake/raw-note.js'
import type { Reject } from '../../model/note.js'

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
  /** Place of its first unit, where it is only a part of that chunk. */
  readonly from?: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly units: readonly ChunkUnit[]
}

export function rawNoteOf({ bytes }: Chunk, { kind, line, id, reject, start, end }: ChunkUnit): RawNote {
  if (kind === 'reject') return { kind, reject: reject as Reject }
  const own = bytes.subarray(start, end)
  return kind === 'text' || kind === 'ccda'
    ? { kind, line, id: id as string, bytes: own }
    : { kind, line, bytes: own }
}

/** The chunk with this unit refused: it has cost its workers. */
export function refuseUnit(chunk: Chunk, unit: number, reject: Reject): Chunk {
  const units = chunk.units.map((one, i) => (i === unit ? { ...one, kind: 'reject' as const, reject } : one))
  return { ...chunk, units }
}

/** One chunk a unit, to find the one of which a process dies. */
export function splitChunk({ sequence, bytes, units }: Chunk): Chunk[] {
  return units.map((unit, from) => ({
    sequence,
    from,
    bytes: bytes.slice(unit.start, unit.end),
    units: [{ ...unit, start: 0, end: unit.end - unit.start }],
  }))
}

/** An error record of a batch names the input beside DESIGN.md's fields. */
export function errorLine(source: string, { line, id, error }: Reject): string {
  return `${JSON.stringify({ source, line, ...(id === undefined ? {} : { id }), error })}\n`
}
