/** Candidates with their entries in the catalogue, as the notes of the tabular list are asked about them. */
import type { Catalogue } from '../../model/dictionary.js'
import type { NotesByKind, ReferringKind, ReferringNote, TabularNotes } from '../../model/tabular.js'
import type { Gathered } from '../gather.js'

export interface Coded {
  readonly gathered: Gathered
  readonly code: string
  readonly display: string
  readonly entry: number
  readonly notes: NotesByKind
}

/** None where no release is installed. */
export function withNotes(gathered: readonly Gathered[], catalogue: Catalogue, notes: TabularNotes): Coded[] {
  if (notes.isEmpty) return []
  return gathered.flatMap(one => {
    const { system, code, display } = one.candidate
    const entry = system === 'icd10cm' ? catalogue.find(code) : -1
    return entry < 0 ? [] : [{ gathered: one, code, display, entry, notes: notes.of(entry) }]
  })
}

const NONE: readonly ReferringNote[] = []

/** The note of `one` that names `other`; a note of a section that names both is not about the two. */
export function noteNaming(one: Coded, other: Coded, kind: ReferringKind): ReferringNote | undefined {
  for (const note of one.notes[kind] ?? NONE)
    if (note.names(other.entry) && !note.names(one.entry)) return note
  return undefined
}
