/**
 * One note, message, document or resource as it lies in its source, before it is decoded and checked: what
 * the reading thread hands to a coding thread. `parseRawNote` turns it into notes and rejects, one or
 * several; it never throws for what the bytes say.
 */
import { parseDocument } from './ccda/parse-document.js'
import { parseResourceLine } from './fhir/parse-resource.js'
import { parseMessage } from './hl7/parse-message.js'
import { ChartcodeError } from '../model/errors.js'
import type { Note, Reject } from '../model/note.js'
import { parseJsonNotes } from './json-notes.js'
import { rejectOf } from './note-record.js'
import { textNote } from './text-note.js'

interface Place {
  /** 1-based line of the input on which it begins. */
  readonly line: number
  /** Where the input is an archive: its path and the member's name, for error records. */
  readonly source?: string
}

interface RawBytes extends Place {
  readonly bytes: Uint8Array
}

export type RawNote =
  /** `json`: a line of NDJSON, or a row of a table as a JSON object. `hl7`: a message. `fhir`: a line. */
  | (RawBytes & { readonly kind: 'json' | 'hl7' | 'fhir' })
  /** A file that is one note, or one C-CDA document; the file's id. */
  | (RawBytes & { readonly kind: 'text' | 'ccda'; readonly id: string })
  | { readonly kind: 'reject'; readonly reject: Reject; readonly source?: string }

export function parseRawNote(raw: RawNote): readonly (Note | Reject)[] {
  if (raw.kind === 'reject') return [raw.reject]
  try {
    return parse(raw)
  } catch (error) {
    return [rejectOfError(error, raw.line, 'id' in raw ? raw.id : undefined)]
  }
}

function parse(raw: Exclude<RawNote, { readonly kind: 'reject' }>): readonly (Note | Reject)[] {
  switch (raw.kind) {
    case 'json':
      return parseJsonNotes(raw.bytes, raw.line)
    case 'fhir':
      return parseResourceLine(raw.bytes, raw.line)
    case 'hl7':
      return parseMessage(raw.bytes, raw.line)
    case 'ccda':
      return parseDocument(raw.bytes, raw.id)
    case 'text':
      return [textNote(raw.bytes, raw.id, raw.id)]
  }
}

/** A `ChartcodeError` as the record of a note; anything else is a fault of the program and goes on up. */
export function rejectOfError(error: unknown, line: number, id?: string): Reject {
  if (error instanceof ChartcodeError) return rejectOf(error.line ?? line, error.code, error.message, id)
  throw error
}
