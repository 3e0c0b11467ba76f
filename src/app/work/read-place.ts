/** A place → the chunk that lies there. Throws `file-missing` where the source was changed since it was submitted. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import type { InputFile } from '../../intake/find-inputs.js'
import { LINE_LIMIT, sizeMessage } from '../../intake/limits.js'
import { readLines } from '../../intake/lines.js'
import { rejectOf } from '../../intake/note-record.js'
import { missing } from '../../intake/open-input.js'
import { ChartcodeError } from '../../model/errors.js'
import { assembleChunk, type SourcedNote } from '../coding/assemble-chunk.js'
import type { Chunk } from '../coding/chunk.js'
import { newReadFiles, readInput } from '../batch/read-input.js'
import { SPOOL, type ChunkPlace } from './chunk-place.js'

export interface PlacedBatch {
  readonly out: string
  readonly inputs: readonly InputFile[]
}

export async function readPlace(batch: PlacedBatch, number: number, place: ChunkPlace): Promise<Chunk> {
  return assembleChunk(number, await notesAt(batch, place))
}

async function notesAt({ inputs, out }: PlacedBatch, place: ChunkPlace): Promise<SourcedNote[]> {
  if (place.kind === 'spool') {
    const { readSpooled } = await import('./spool.js')
    return readSpooled(readRange(path.join(out, SPOOL), place.start, place.end))
  }
  if (place.kind === 'lines') return linesAt(inputs[place.input] as InputFile, place)
  const notes: SourcedNote[] = []
  for (const input of inputs.slice(place.from, place.to)) {
    assertUnchanged(input)
    for await (const raw of readInput(input, newReadFiles()))
      notes.push({ source: raw.source ?? input.path, raw })
  }
  return notes
}

async function linesAt(
  input: InputFile,
  { start, end, line: first }: Extract<ChunkPlace, { kind: 'lines' }>,
): Promise<SourcedNote[]> {
  assertUnchanged(input)
  const notes: SourcedNote[] = []
  for await (const { number, bytes } of readLines([readRange(input.path, start, end)], LINE_LIMIT)) {
    const line = first + number - 1
    notes.push({
      source: input.path,
      raw:
        bytes === null
          ? { kind: 'reject', reject: rejectOf(line, 'input-size', sizeMessage(`line ${line}`)) }
          : { kind: input.kind === 'fhir' ? 'fhir' : 'json', line, bytes },
    })
  }
  return notes
}

function assertUnchanged({ path: file, size, modified }: InputFile): void {
  const status = statusOf(file)
  if (status.size === size && Math.trunc(status.mtimeMs) === modified) return
  throw new ChartcodeError('file-missing', `${file} was changed since it was submitted: submit it again`)
}

function statusOf(file: string): { readonly size: number; readonly mtimeMs: number } {
  try {
    return statSync(file)
  } catch (cause) {
    throw missing(file, cause)
  }
}

function readRange(file: string, start: number, end: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(end - start)
    for (let at = 0; at < bytes.length;) {
      const count = readSync(descriptor, bytes, at, bytes.length - at, start + at)
      if (count === 0)
        throw new ChartcodeError('file-missing', `${file} is shorter than when it was submitted`)
      at += count
    }
    return bytes
  } finally {
    closeSync(descriptor)
  }
}
