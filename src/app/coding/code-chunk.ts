/**
 * The work of a coding thread: a chunk of raw notes → lines of results and lines of errors, with an account
 * of each note. One note's failure is its own: an error record, and the next note.
 */
import type { OutputFormat } from '../../export/create-exporter.js'
import type { Exporter } from '../../export/exporter.js'
import { isReject, rejectOf } from '../../intake/note-record.js'
import { parseRawNote } from '../../intake/raw-note.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject, Setting } from '../../model/note.js'
import type { DictionaryUsed, NoteResult } from '../../model/result.js'
import { detect } from '../../pipeline/detect.js'
import type { DetectOptions } from '../../pipeline/options.js'
import type { Engines } from '../engines.js'
import { ENGINE_VERSION } from '../version.js'
import { errorLine, rawNoteOf, type Chunk, type ChunkUnit } from './chunk.js'
import { noteKey } from './note-key.js'
import { ATTEMPTS, joinUsed, NOTE_STRIDE, WHAT, type ChunkOutcome, type QuarantinedUnit } from './outcome.js'
import type { UnitOutcome } from './unit-spool.js'

export interface CodingTask {
  readonly options: DetectOptions
  readonly setting?: Setting
  readonly dateOfService?: string
}

/** What is asked of the notes of a chunk. */
export interface CodingJob {
  readonly format: OutputFormat
  readonly task: CodingTask
}

export interface CodingParts {
  readonly engines: Engines
  readonly exporter: Exporter
  readonly task: CodingTask
  /** Told which unit is being worked on, so that whoever watches the clock knows; null: none. */
  readonly onUnit?: (unit: number | null) => void
  /** Told what came of each unit. */
  readonly onOutcome?: (outcome: UnitOutcome) => void
}

export async function codeChunk(chunk: Chunk, parts: CodingParts): Promise<ChunkOutcome> {
  const outcomes: UnitOutcome[] = []
  for (const [place, unit] of chunk.units.entries()) {
    const account = newAccount()
    parts.onUnit?.(place)
    for (const read of parseRawNote(rawNoteOf(chunk, unit)))
      record(account, { unit, place }, await codeNote(read, { place, line: unit.line }, parts))
    const { results, errors } = account
    const outcome = { ...account, unit: place, results: encodeLines(results), errors: encodeLines(errors) }
    outcomes.push(outcome)
    parts.onOutcome?.(outcome)
  }
  parts.onUnit?.(null)
  return joinUnits(outcomes)
}

function joinUnits(outcomes: readonly UnitOutcome[]): ChunkOutcome {
  const failures: Record<string, number> = {}
  for (const { failed } of outcomes) for (const code of failed) failures[code] = (failures[code] ?? 0) + 1
  return {
    results: joinBytes(outcomes.map(({ results }) => results)),
    errors: joinBytes(outcomes.map(({ errors }) => errors)),
    notes: Uint32Array.from(outcomes.flatMap(({ notes }) => notes)),
    failures,
    used: joinUsed(outcomes.flatMap(({ used }) => used)),
    quarantined: outcomes.flatMap(({ quarantined }) => quarantined),
  }
}

const NOTHING = new Uint8Array(0)

function encodeLines(lines: readonly string[]): Uint8Array {
  return lines.length === 0 ? NOTHING : encoder.encode(lines.length === 1 ? lines[0] : lines.join(''))
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Memory of its own, unlike a `Buffer`'s, so that it can be moved to the other thread. */
const encoder = new TextEncoder()

/** Of one unit: a message may hold several notes. */
interface Account {
  readonly results: string[]
  readonly errors: string[]
  readonly notes: number[]
  readonly used: DictionaryUsed[]
  readonly failed: string[]
  readonly quarantined: QuarantinedUnit[]
}

function newAccount(): Account {
  return { results: [], errors: [], notes: [], used: [], failed: [], quarantined: [] }
}

interface Coded {
  readonly result: NoteResult
  readonly line: string
  readonly key: Buffer
}

function record(
  account: Account,
  { unit, place }: { readonly unit: ChunkUnit; readonly place: number },
  outcome: Coded | Reject,
): void {
  if ('error' in outcome) {
    const line = errorLine(unit.source, outcome)
    account.errors.push(line)
    account.failed.push(outcome.error.code)
    account.notes.push(WHAT.failed, Buffer.byteLength(line), outcome.line, place, 0, 0, 0, 0)
    // The engine failed and not the reading: somebody has to look at it, and may try again.
    const reason = outcome.error.code
    if (reason === 'worker-failed') account.quarantined.push({ unit: place, reason, attempts: ATTEMPTS })
    return
  }
  const { result, line, key } = outcome
  const what = result.candidates.length > 0 ? WHAT.coded : WHAT.nothingCodeable
  account.results.push(line)
  account.used.push(...result.dictionaries)
  account.notes.push(what, Buffer.byteLength(line), unit.line, place)
  for (let at = 0; at < (NOTE_STRIDE - 4) * 4; at += 4) account.notes.push(key.readUInt32LE(at))
}

async function codeNote(
  read: Note | Reject,
  { place, line }: { readonly place: number; readonly line: number },
  { engines, exporter, task, onUnit }: CodingParts,
): Promise<Coded | Reject> {
  if (isReject(read)) return read
  const { options, ...defaults } = task
  const note = { ...defaults, ...read }
  // Opening a dictionary is no note's fault, and may take long the first time.
  onUnit?.(null)
  // A dictionary that cannot be opened stops the batch: every note of its year would fail.
  const choice = await engines.forDate(note.dateOfService ?? null)
  onUnit?.(place)
  const code = (): Coded => {
    const result = detect(note, choice, options, ENGINE_VERSION)
    return { result, line: exporter.note(result), key: noteKey(note, result.input.sha256) }
  }
  let why = ''
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return code()
    } catch (error) {
      why = kindOf(error)
    }
  }
  const message = `the engine could not read this note (${why}), twice; please report it`
  return rejectOf(line, 'worker-failed', message, note.id)
}

/** Messages of other errors may quote the note. */
function kindOf(error: unknown): string {
  if (error instanceof ChartcodeError) return error.message
  return error instanceof Error ? error.name : 'error'
}
