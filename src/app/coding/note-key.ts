/**
 * The key of a note: the same facility, id and content are the same note, whatever file or line it came in.
 * Content is text, setting, date of service and patient; the same text under another id is another note.
 */
import { createHash } from 'node:crypto'
import type { Note } from '../../model/note.js'

/** SHA-256, hex, of what may change the result of a note. `textHash`: SHA-256 of its text, where it is known. */
export function contentHash(note: Note, textHash = sha256(note.text)): string {
  const { birthDate, age, sex, id } = note.patient ?? {}
  const parts = [textHash, note.setting, note.dateOfService, id, birthDate, age, sex]
  return sha256(JSON.stringify(parts.map(part => part ?? null)))
}

/** SHA-256 of facility, id and content. */
export function noteKey(note: Note, textHash?: string): Buffer {
  const parts = [note.facility ?? '', note.id, contentHash(note, textHash)]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
