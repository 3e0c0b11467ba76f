/**
 * The results of one chunk as a file beside the batch's results, until they are put together: a line of JSON,
 * then results, errors and the account of the notes. It is written under a name of its own attempt, forced to
 * the disk, and only then is the chunk committed; the store says by which attempt and with which SHA-256.
 *
 *   {"results":120,"errors":0,"notes":64,…}\n  results  errors  notes
 */
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../../model/errors.js'
import type { DictionaryUsed } from '../../model/result.js'
import type { Chunk } from '../coding/chunk.js'
import type { ChunkOutcome } from '../coding/outcome.js'

/** What the store keeps of a part. */
export interface PartRecord {
  /** Name within the directory of parts. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

export interface Part {
  readonly outcome: ChunkOutcome
  /** Path of each unit's input. */
  readonly sources: readonly string[]
}

interface PartHeader {
  readonly results: number
  readonly errors: number
  readonly notes: number
  readonly failures: Readonly<Record<string, number>>
  readonly used: readonly DictionaryUsed[]
  /** Distinct inputs, and for each unit which of them. */
  readonly sources: readonly string[]
  readonly sourceOf: readonly number[]
}

const NEWLINE = 0x0a

export function partsDirectory(out: string): string {
  return path.join(out, 'parts')
}

export function writePart(
  out: string,
  {
    chunk,
    outcome,
    attempt,
  }: { readonly chunk: Chunk; readonly outcome: ChunkOutcome; readonly attempt: number },
): PartRecord {
  const directory = partsDirectory(out)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const bytes = encodePart(chunk, outcome)
  const name = `${String(chunk.sequence).padStart(8, '0')}-${attempt}.part`
  const file = path.join(directory, name)
  writeDurably(`${file}.${process.pid}.tmp`, file, bytes)
  return { file: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function encodePart({ units }: Chunk, outcome: ChunkOutcome): Uint8Array {
  const numbers = new Map<string, number>()
  const sourceOf = units.map(({ source }) => {
    const number = numbers.get(source) ?? numbers.size
    numbers.set(source, number)
    return number
  })
  const { results, errors, failures, used } = outcome
  const { buffer, byteOffset, byteLength } = outcome.notes
  const notes = new Uint8Array(buffer, byteOffset, byteLength)
  const header: PartHeader = {
    results: results.length,
    errors: errors.length,
    notes: notes.length,
    failures,
    used,
    sources: [...numbers.keys()],
    sourceOf,
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`, 'utf8'), results, errors, notes])
}

function writeDurably(temporary: string, file: string, bytes: Uint8Array): void {
  const descriptor = openSync(temporary, 'w', 0o600)
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(temporary, file)
  const directory = openSync(path.dirname(file), 'r')
  fsyncSync(directory)
  closeSync(directory)
}

/** Throws `output-damaged` where the file is not what was committed. */
export function readPart(out: string, { file, bytes, sha256 }: PartRecord): Part {
  const content = readWhole(path.join(partsDirectory(out), file))
  if (content?.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
    throw new ChartcodeError('output-damaged', `${file} is not what a worker wrote: submit the batch again`)
  const end = content.indexOf(NEWLINE) + 1
  const header = JSON.parse(content.toString('utf8', 0, end)) as PartHeader
  const take = (from: number, length: number) => content.subarray(from, from + length)
  const notesAt = end + header.results + header.errors
  return {
    outcome: {
      results: take(end, header.results),
      errors: take(end + header.results, header.errors),
      notes: new Uint32Array(new Uint8Array(take(notesAt, header.notes)).buffer),
      failures: header.failures,
      used: header.used,
      quarantined: [],
    },
    sources: header.sourceOf.map(number => header.sources[number] as string),
  }
}

function readWhole(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}
