/** One line of NDJSON → the note that it is, or the notes of the FHIR resource that it is. */
import type { Note, Reject } from '../model/note.js'
import { isResource, parseResource } from './fhir/parse-resource.js'
import { parseJsonLine, parseNoteObject } from './note-record.js'

export function parseJsonNotes(bytes: Uint8Array, line: number): readonly (Note | Reject)[] {
  const read = parseJsonLine(bytes, line, '{"id", "text", …}')
  if ('error' in read) return [read]
  return isResource(read.value) ? parseResource(read.value, line) : [parseNoteObject(read.value, line)]
}
