/** The notes of a snapshot as {@link TabularNotes}: views, and what was asked for once is remembered. */
import type { Catalogue } from '../../model/dictionary.js'
import {
  REFERRING_KINDS,
  type NotesByKind,
  type ReferringKind,
  type ReferringNote,
  type TabularNotes,
} from '../../model/tabular.js'
import type { Snapshot } from '../snapshot/decode.js'
import { DEMANDS } from './note-table.js'

/** Codes of which the notes are remembered; a year of notes names fewer. */
const REMEMBERED = 4096

export function openNotes(snapshot: Snapshot, catalogue: Catalogue): TabularNotes {
  const from = snapshot.section<Uint32Array>('notes.from')
  const until = snapshot.section<Uint32Array>('notes.until')
  const kind = snapshot.section<Uint8Array>('notes.kind')
  const first = snapshot.section<Uint32Array>('notes.first')
  const refFrom = snapshot.section<Uint32Array>('notes.refFrom')
  const refUntil = snapshot.section<Uint32Array>('notes.refUntil')
  const refBare = snapshot.section<Uint8Array>('notes.refBare')
  const wide = snapshot.section<Uint32Array>('notes.wide')[0] ?? 0

  const hasReference = (note: number, entry: number, onlyBare: boolean): boolean => {
    for (let at = first[note] as number; at < (first[note + 1] as number); at++) {
      const isNamed = entry >= (refFrom[at] as number) && entry < (refUntil[at] as number)
      if (isNamed && (!onlyBare || refBare[at] === 1)) return true
    }
    return false
  }
  const noteAt = (note: number): ReferringNote => ({
    kind: REFERRING_KINDS[(kind[note] as number) & ~DEMANDS] as ReferringKind,
    demands: ((kind[note] as number) & DEMANDS) !== 0,
    at: note < wide ? undefined : catalogue.code(from[note] as number),
    names: entry => hasReference(note, entry, false),
    namesBare: entry => hasReference(note, entry, true),
  })
  const find = (entry: number): NotesByKind => {
    const notes: Partial<Record<ReferringKind, ReferringNote[]>> = {}
    const add = (note: number): void => {
      const one = noteAt(note)
      ;(notes[one.kind] ??= []).push(one)
    }
    for (let above = entry; above >= 0; above = catalogue.parent(above))
      for (let note = firstOf(from, wide, above); from[note] === above; note++) add(note)
    for (let note = 0; note < wide; note++)
      if (entry >= (from[note] as number) && entry < (until[note] as number)) add(note)
    return notes
  }
  const known = new Map<number, NotesByKind>()
  return {
    isEmpty: from.length === 0,
    of: entry => {
      const seen = known.get(entry)
      if (seen !== undefined) return seen
      if (known.size === REMEMBERED) known.clear()
      const notes = find(entry)
      known.set(entry, notes)
      return notes
    },
  }
}

/** The first note of a code at or behind `low` whose holder is not before the entry. */
function firstOf(from: Uint32Array, low: number, entry: number): number {
  let high = from.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((from[middle] as number) < entry) low = middle + 1
    else high = middle
  }
  return low
}
