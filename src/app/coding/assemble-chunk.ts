/** Raw notes → a chunk: their bytes side by side in one block of memory. */
import type { RawNote } from '../../intake/raw-note.js'
import type { Chunk, ChunkUnit } from './chunk.js'

export interface SourcedNote {
  /** Path of the input, as it stands in error records. */
  readonly source: string
  readonly raw: RawNote
}

export function assembleChunk(sequence: number, notes: readonly SourcedNote[]): Chunk {
  const bytes = new Uint8Array(notes.reduce((sum, { raw }) => sum + sizeOf(raw), 0))
  let at = 0
  const units = notes.map(({ source, raw }): ChunkUnit => {
    if (raw.kind === 'reject')
      return { source, kind: raw.kind, line: raw.reject.line, reject: raw.reject, start: at, end: at }
    bytes.set(raw.bytes, at)
    const start = at
    at += raw.bytes.length
    const id = 'id' in raw ? { id: raw.id } : {}
    return { source, kind: raw.kind, line: raw.line, start, end: at, ...id }
  })
  return { sequence, bytes, units }
}

export function sizeOf(raw: RawNote): number {
  return raw.kind === 'reject' ? 0 : raw.bytes.length
}
