/**
 * The inputs of a batch → its chunks, before anything is coded: each input is read once and hashed, so that
 * workers find their stretch of it, and find out where it was changed.
 */
import path from 'node:path'
import type { InputFile } from '../../intake/find-inputs.js'
import { LINE_LIMIT } from '../../intake/limits.js'
import { readLines } from '../../intake/lines.js'
import type { NewChunk } from '../../store/store.js'
import { sizeOf } from '../coding/assemble-chunk.js'
import { hashed, newReadFiles, readInput, type InputControl, type ReadFiles } from '../batch/read-input.js'
import { CHUNK_BYTES, CHUNK_NOTES, SPOOL, type ChunkPlace } from './chunk-place.js'
import { createSpool, type SpoolWriter } from './spool.js'

export interface Plan {
  readonly chunks: readonly NewChunk[]
  /** Path → SHA-256. */
  readonly hashes: ReadonlyMap<string, string>
  /** What envelopes said they hold, and what was in them. */
  readonly controls: readonly InputControl[]
}

/** A stretch of notes that becomes a chunk when it is long enough or ends. */
interface Stretch {
  readonly place: (end: number) => ChunkPlace
  readonly start: number
  notes: number
}

/** `out`: directory of the batch, where the spool is written if it is needed. */
export async function planChunks(inputs: readonly InputFile[], out: string): Promise<Plan> {
  const read: ReadFiles = newReadFiles()
  const chunks: NewChunk[] = []
  const add = (place: ChunkPlace, notes: number): void => {
    if (notes > 0) chunks.push({ number: chunks.length, place: { ...place }, notes })
  }
  const spool = openWhenNeeded(path.join(out, SPOOL))
  for (let at = 0; at < inputs.length; at++) {
    const input = inputs[at] as InputFile
    if (input.kind === 'ndjson' || input.kind === 'fhir') await planLines(input, { number: at, read, add })
    else if (isOneNote(input)) at = await planFiles(inputs, { number: at, read, add })
    else await planSpooled(input, { read, add, spool: spool.open() })
  }
  spool.close()
  return { chunks, hashes: read.hashes, controls: read.controls }
}

function isOneNote({ kind }: InputFile): boolean {
  return kind === 'text' || kind === 'xml'
}

interface Planning {
  readonly read: ReadFiles
  readonly add: (place: ChunkPlace, notes: number) => void
}

async function planLines(
  input: InputFile,
  { number, read, add }: Planning & { readonly number: number },
): Promise<void> {
  let first = { start: 0, line: 1 }
  let notes = 0
  let end = 0
  const finish = (): void => {
    add({ kind: 'lines', input: number, ...first, end }, notes)
    notes = 0
  }
  for await (const line of readLines(hashed(input, read), LINE_LIMIT)) {
    if (notes > 0 && (notes >= CHUNK_NOTES || line.end - first.start > CHUNK_BYTES)) finish()
    if (notes === 0) first = { start: line.start, line: line.number }
    notes += 1
    end = line.end
  }
  finish()
}

/** From this input on, as many texts as make a chunk; answers the last of them. */
async function planFiles(
  inputs: readonly InputFile[],
  { number, read, add }: Planning & { readonly number: number },
): Promise<number> {
  let to = number
  let size = 0
  for (; to < inputs.length && to - number < CHUNK_NOTES; to++) {
    const input = inputs[to] as InputFile
    if (!isOneNote(input) || (to > number && size + input.size > CHUNK_BYTES)) break
    size += input.size
    for await (const bytes of hashed(input, read)) void bytes
  }
  add({ kind: 'files', from: number, to }, to - number)
  return to - 1
}

async function planSpooled(
  input: InputFile,
  { read, add, spool }: Planning & { readonly spool: Spool },
): Promise<void> {
  let stretch = newStretch(spool.end)
  const finish = (): void => {
    add(stretch.place(spool.end), stretch.notes)
    stretch = newStretch(spool.end)
  }
  for await (const raw of readInput(input, read)) {
    const isFull = stretch.notes >= CHUNK_NOTES || spool.end - stretch.start + sizeOf(raw) > CHUNK_BYTES
    if (stretch.notes > 0 && isFull) finish()
    spool.end = spool.writer.append({ source: raw.source ?? input.path, raw })
    stretch.notes += 1
  }
  finish()
}

function newStretch(start: number): Stretch {
  return { start, notes: 0, place: end => ({ kind: 'spool', start, end }) }
}

interface Spool {
  readonly writer: SpoolWriter
  end: number
}

function openWhenNeeded(file: string): { readonly open: () => Spool; readonly close: () => void } {
  let spool: Spool | undefined
  return {
    open: () => (spool ??= { writer: createSpool(file), end: 0 }),
    close: () => spool?.writer.close(),
  }
}
