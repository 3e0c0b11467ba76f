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
import {
  addFailures,
  ATTEMPTS,
  joinUsed,
  NOTE_STRIDE,
  WHAT,
  type ChunkOutcome,
  type QuarantinedUnit,
} from './outcome.js'
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
  const accounts: Account[] = []
  for (const [place, unit] of chunk.units.entries()) {
    const account = newAccount()
    parts.onUnit?.(place)
    for (const read of parseRawNote(rawNoteOf(chunk, unit)))
      record(account, { unit, place }, await codeNote(read, { place, line: unit.line }, parts))
    accounts.push(account)
    parts.onOutcome?.(unitOutcome(place, account))
  }
  parts.onUnit?.(null)
  return joinAccounts(accounts)
}

function joinAccounts(accounts: readonly Account[]): ChunkOutcome {
  const failed = accounts.flatMap(account => account.failed)
  return {
    results: encoder.encode(accounts.map(({ results }) => results.join('')).join('')),
    errors: encoder.encode(accounts.map(({ errors }) => errors.join('')).join('')),
    notes: Uint32Array.from(accounts.flatMap(({ notes }) => notes)),
    failures: failed.reduce<Record<string, number>>((sum, code) => addFailures(sum, { [code]: 1 }), {}),
    used: joinUsed(accounts.flatMap(({ used }) => used)),
    quarantined: accounts.flatMap(({ quarantined }) => quarantined),
  }
}

function unitOutcome(unit: number, account: Account): UnitOutcome {
  const { results, errors, notes, failed, used, quarantined } = account
  return { unit, results: results.join(''), errors: errors.join(''), notes, failed, used, quarantined }
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
