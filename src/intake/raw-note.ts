/**
 * One note as it lies in its source, before it is decoded and checked: what the reading thread hands to a
 * coding thread. `parseRawNote` turns it into a note or a reject; it never throws for what the bytes say.
 */
import { ChartcodeError } from '../model/errors.js'
import type { Note, Reject } from '../model/note.js'
import { parseNoteLine, rejectOf } from './note-record.js'
import { textNote } from './text-note.js'

export type RawNote =
  /** A line of NDJSON, or a row of CSV as a JSON object. */
  | { readonly kind: 'json'; readonly line: number; readonly bytes: Uint8Array }
  /** A file that is one note. */
  | { readonly kind: 'text'; readonly line: 1; readonly id: string; readonly bytes: Uint8Array }
  | { readonly kind: 'reject'; readonly reject: Reject }

export function parseRawNote(raw: RawNote): Note | Reject {
  if (raw.kind === 'reject') return raw.reject
  if (raw.kind === 'json') return parseNoteLine(raw.bytes, raw.line)
  try {
    return textNote(raw.bytes, raw.id, raw.id)
  } catch (error) {
    return rejectOfError(error, 1, raw.id)
  }
}

/** A `ChartcodeError` as the record of a note; anything else is a fault of the program and goes on up. */
export function rejectOfError(error: unknown, line: number, id?: string): Reject {
  if (error instanceof ChartcodeError) return rejectOf(error.line ?? line, error.code, error.message, id)
  throw error
}
