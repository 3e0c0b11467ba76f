/**
 * Inputs → chunks in order. Each input is read once, as a stream, and hashed on the way; of a chunk's size
 * depends how well the work spreads, never what comes out. What cannot be read is a reject in its place.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { InputFile } from '../../intake/find-inputs.js'
import { NOTE_LIMIT, sizeMessage } from '../../intake/limits.js'
import { rejectOf } from '../../intake/note-record.js'
import { rejectOfError, type RawNote } from '../../intake/raw-note.js'
import { readRawNotes } from '../../intake/read-raw-notes.js'
import { openInput } from '../../intake/text-note.js'
import type { Chunk, ChunkUnit } from '../coding/chunk.js'

/** About 10 ms of work: small against a batch, large against a message between threads. */
const CHUNK_BYTES = 128 * 1024
const CHUNK_NOTES = 100
const READ_SIZE = 1024 * 1024

export interface ReadChunks {
  readonly chunks: AsyncGenerator<Chunk>
  /** Path → SHA-256, of the inputs that were read to their end. */
  readonly hashes: ReadonlyMap<string, string>
  /** Of the files, as they lie on the disk. */
  readonly bytesRead: () => number
}

export function readChunks(inputs: readonly InputFile[]): ReadChunks {
  const read: ReadFiles = { hashes: new Map(), bytes: 0 }
  return { chunks: generateChunks(inputs, read), hashes: read.hashes, bytesRead: () => read.bytes }
}

interface ReadFiles {
  readonly hashes: Map<string, string>
  bytes: number
}

async function* generateChunks(inputs: readonly InputFile[], read: ReadFiles): AsyncGenerator<Chunk> {
  let sequence = 0
  let pending = newPending()
  const finish = (): Chunk => {
    const chunk = assemble(sequence++, pending)
    pending = newPending()
    return chunk
  }
  for (const input of inputs) {
    for await (const raw of readInput(input, read)) {
      const size = raw.kind === 'reject' ? 0 : raw.bytes.length
      if (pending.notes.length > 0 && pending.size + size > CHUNK_BYTES) yield finish()
      pending.notes.push({ source: input.path, raw })
      pending.size += size
      if (pending.notes.length >= CHUNK_NOTES) yield finish()
    }
  }
  if (pending.notes.length > 0) yield finish()
}

interface Pending {
  readonly notes: { readonly source: string; readonly raw: RawNote }[]
  size: number
}

function newPending(): Pending {
  return { notes: [], size: 0 }
}

function assemble(sequence: number, { notes, size }: Pending): Chunk {
  const bytes = new Uint8Array(size)
  let at = 0
  const units = notes.map(({ source, raw }): ChunkUnit => {
    if (raw.kind === 'reject')
      return { source, kind: raw.kind, line: raw.reject.line, reject: raw.reject, start: at, end: at }
    bytes.set(raw.bytes, at)
    const start = at
    at += raw.bytes.length
    return {
      source,
      kind: raw.kind,
      line: raw.line,
      start,
      end: at,
      ...(raw.kind === 'text' ? { id: raw.id } : {}),
    }
  })
  return { sequence, bytes, units }
}

async function* readInput(input: InputFile, read: ReadFiles): AsyncGenerator<RawNote> {
  const { path, id, kind, size } = input
  const isText = kind === 'text'
  if (isText && size > NOTE_LIMIT) {
    yield { kind: 'reject', reject: rejectOf(1, 'input-size', sizeMessage(id), id) }
    return
  }
  try {
    yield* readRawNotes({ kind, id, stream: hashed(path, read) })
  } catch (error) {
    yield { kind: 'reject', reject: rejectOfError(error, 1, isText ? id : undefined) }
  }
}

async function* hashed(path: string, read: ReadFiles): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  const stream = createReadStream(path, { fd: openInput(path), highWaterMark: READ_SIZE })
  for await (const bytes of stream as AsyncIterable<Uint8Array>) {
    hash.update(bytes)
    read.bytes += bytes.length
    yield bytes
  }
  read.hashes.set(path, hash.digest('hex'))
}
