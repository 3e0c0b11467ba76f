/**
 * Inputs → chunks in order. Each input is read once, as a stream, and hashed on the way; of a chunk's size
 * depends how well the work spreads, never what comes out. What cannot be read is a reject in its place.
 */
import type { InputFile } from '../../intake/find-inputs.js'
import { assembleChunk, sizeOf, type SourcedNote } from '../coding/assemble-chunk.js'
import type { Chunk } from '../coding/chunk.js'
import { newReadFiles, readInput, type InputControl, type ReadFiles } from './read-input.js'

/** About 10 ms of work: small against a batch, large against a message between threads. */
const CHUNK_BYTES = 128 * 1024
const CHUNK_NOTES = 100

export interface ReadChunks {
  readonly chunks: AsyncGenerator<Chunk>
  /** Path → SHA-256, of the inputs that were read to their end. */
  readonly hashes: ReadonlyMap<string, string>
  /** Of the files, as they lie on the disk. */
  readonly bytesRead: () => number
  /** What envelopes said they hold, and what was in them; complete at the end. */
  readonly controls: readonly InputControl[]
}

export function readChunks(inputs: readonly InputFile[]): ReadChunks {
  const read = newReadFiles()
  return {
    chunks: generateChunks(inputs, read),
    hashes: read.hashes,
    bytesRead: () => read.bytes,
    controls: read.controls,
  }
}

async function* generateChunks(inputs: readonly InputFile[], read: ReadFiles): AsyncGenerator<Chunk> {
  let sequence = 0
  let pending = newPending()
  const finish = (): Chunk => {
    const chunk = assembleChunk(sequence++, pending.notes)
    pending = newPending()
    return chunk
  }
  for (const input of inputs) {
    for await (const raw of readInput(input, read)) {
      const size = sizeOf(raw)
      if (pending.notes.length > 0 && pending.size + size > CHUNK_BYTES) yield finish()
      pending.notes.push({ source: raw.source ?? input.path, raw })
      pending.size += size
      if (pending.notes.length >= CHUNK_NOTES) yield finish()
    }
  }
  if (pending.notes.length > 0) yield finish()
}

interface Pending {
  readonly notes: SourcedNote[]
  size: number
}

function newPending(): Pending {
  return { notes: [], size: 0 }
}
