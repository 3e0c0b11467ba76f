/**
 * Ids of notes whose source gives none, or gives one to several: the hash of the text, and a number behind
 * an id that comes again within one message, document or resource. The same input always gives the same ids.
 */
import { createHash } from 'node:crypto'
import type { Note } from '../model/note.js'

/** 64 bits: two of a million different notes share an id once in 37 million batches. */
const HASH_DIGITS = 16

export function contentId(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, HASH_DIGITS)}`
}

/** A note whose source may have named it. */
export type NoteDraft = Omit<Note, 'id'> & { readonly id?: string | undefined }

/** `A`, `A`, `B` → `A`, `A#2`, `B`. */
export function nameNotes(drafts: readonly NoteDraft[]): Note[] {
  const counts = new Map<string, number>()
  return drafts.map(draft => {
    const id = draft.id ?? contentId(draft.text)
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return { ...draft, id: count === 1 ? id : `${id}#${count}` }
  })
}
