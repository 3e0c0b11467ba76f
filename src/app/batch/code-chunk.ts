/**
 * The work of a coding thread: a chunk of raw notes → lines of results and lines of errors, counted. One
 * note's failure is its own: an error record, and the next note.
 */
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
import { errorLine, joinUsed, rawNoteOf, type Chunk, type ChunkOutcome } from './chunk.js'

export interface CodingTask {
  readonly options: DetectOptions
  readonly setting?: Setting
  readonly dateOfService?: string
}

export interface CodingParts {
  readonly engines: Engines
  readonly exporter: Exporter
  readonly task: CodingTask
}

export async function codeChunk(chunk: Chunk, parts: CodingParts): Promise<ChunkOutcome> {
  const results: string[] = []
  const errors: string[] = []
  const used: DictionaryUsed[] = []
  let coded = 0
  for (const unit of chunk.units) {
    const outcome = await codeNote(parseRawNote(rawNoteOf(chunk, unit)), unit.line, parts)
    if (isFailure(outcome)) {
      errors.push(errorLine(unit.source, outcome))
      continue
    }
    results.push(parts.exporter.note(outcome))
    used.push(...outcome.dictionaries)
    if (outcome.candidates.length > 0) coded += 1
  }
  return {
    results: encoder.encode(results.join('')),
    errors: encoder.encode(errors.join('')),
    counts: {
      read: chunk.units.length,
      coded,
      nothingCodeable: results.length - coded,
      duplicate: 0,
      failed: errors.length,
    },
    used: joinUsed(used),
  }
}

/** Memory of its own, unlike a `Buffer`'s, so that it can be moved to the other thread. */
const encoder = new TextEncoder()

async function codeNote(
  read: Note | Reject,
  line: number,
  { engines, task }: CodingParts,
): Promise<NoteResult | Reject> {
  if (isReject(read)) return read
  const { options, ...defaults } = task
  const note = { ...defaults, ...read }
  // A dictionary that cannot be opened stops the batch: every note of its year would fail.
  const choice = await engines.forDate(note.dateOfService ?? null)
  try {
    return detect(note, choice, options, ENGINE_VERSION)
  } catch (error) {
    const kind =
      error instanceof ChartcodeError ? error.message : error instanceof Error ? error.name : 'error'
    return rejectOf(
      line,
      'worker-failed',
      `the engine could not read this note (${kind}); please report it`,
      note.id,
    )
  }
}

function isFailure(outcome: NoteResult | Reject): outcome is Reject {
  return 'error' in outcome
}
