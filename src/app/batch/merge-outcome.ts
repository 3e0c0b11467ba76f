/**
 * An outcome in its turn → what is written for it. A note that came before is a duplicate: its result is left
 * out, and a line says where it came first. The same for batches in one process and through the queue, so
 * that both write the same bytes.
 */
import type { DictionaryUsed } from '../../model/result.js'
import { NO_COUNTS, NOTE_STRIDE, WHAT, type BatchCounts, type ChunkOutcome } from '../coding/outcome.js'
import { ENTRY, type NotePlace, type SeenNotes } from './seen-notes.js'

export interface Merged {
  readonly results: Uint8Array
  readonly errors: Uint8Array
  readonly duplicates: Uint8Array
  /** Entries of the notes that were new, for `SeenNotes.restore`. */
  readonly seen: Uint8Array
  readonly counts: BatchCounts
  readonly failures: Readonly<Record<string, number>>
  readonly used: readonly DictionaryUsed[]
}

export interface MergeRequest {
  readonly outcome: ChunkOutcome
  readonly seen: SeenNotes
  /** Input of a unit of the chunk, 0-based. */
  readonly sourceOf: (unit: number) => number
  /** Path of an input. */
  readonly pathOf: (source: number) => string
}

export function mergeOutcome({ outcome, seen, sourceOf, pathOf }: MergeRequest): Merged {
  const { notes, results } = outcome
  const counts: { -readonly [Name in keyof BatchCounts]: BatchCounts[Name] } = { ...NO_COUNTS }
  const kept: Uint8Array[] = []
  const entries: number[] = []
  const duplicates: string[] = []
  let start = 0
  let at = 0
  for (let note = 0; note < notes.length; note += NOTE_STRIDE) {
    counts.read += 1
    const what = notes[note]
    if (what === WHAT.failed) {
      counts.failed += 1
      continue
    }
    const place = { source: sourceOf(notes[note + 3] as number), line: notes[note + 2] as number }
    const first = seen.add(notes, note + 4, place)
    const end = at + (notes[note + 1] as number)
    if (first === null) {
      entries.push(...notes.subarray(note + 4, note + NOTE_STRIDE), place.source, place.line)
      counts[what === WHAT.coded ? 'coded' : 'nothingCodeable'] += 1
    } else {
      counts.duplicate += 1
      duplicates.push(duplicateLine(place, first, pathOf))
      kept.push(results.subarray(start, at))
      start = end
    }
    at = end
  }
  return {
    results: start === 0 ? results : Buffer.concat([...kept, results.subarray(start)]),
    errors: outcome.errors,
    duplicates: Buffer.from(duplicates.join(''), 'utf8'),
    seen: new Uint8Array(Uint32Array.from(entries).buffer),
    counts,
    failures: outcome.failures,
    used: outcome.used,
  }
}

function duplicateLine(place: NotePlace, first: NotePlace, pathOf: (source: number) => string): string {
  const named = ({ source, line }: NotePlace) => ({ source: pathOf(source), line })
  return `${JSON.stringify({ ...named(place), duplicateOf: named(first) })}\n`
}

/** Bytes as they were written → entries; a part of an entry at the end is left out. */
export function seenEntries(bytes: Uint8Array): Uint32Array {
  const whole = Math.floor(bytes.length / (ENTRY * 4)) * ENTRY * 4
  return new Uint32Array(new Uint8Array(bytes.subarray(0, whole)).buffer)
}
