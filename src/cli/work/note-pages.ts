/** Inputs, `-` among them → notes in pages, for a store that takes many at once; what is wrong is beside them. */
import { newReadFiles, readInput } from '../../app/batch/read-input.js'
import { findInputs } from '../../intake/find-inputs.js'
import { isReject } from '../../intake/note-record.js'
import { parseRawNote, type RawNote } from '../../intake/raw-note.js'
import { readRawNotes } from '../../intake/read-raw-notes.js'
import type { Note, Reject } from '../../model/note.js'

export interface NotePage {
  readonly notes: readonly Note[]
  readonly rejects: readonly (Reject & { readonly source: string })[]
}

const PAGE_NOTES = 100
const PAGE_BYTES = 1024 * 1024

export async function* readNotePages(operands: readonly string[]): AsyncGenerator<NotePage> {
  let notes: Note[] = []
  let rejects: NotePage['rejects'][number][] = []
  let size = 0
  for await (const { source, raw } of readAll(operands)) {
    for (const read of parseRawNote(raw)) {
      if (isReject(read)) rejects.push({ source, ...read })
      else notes.push(read)
      size += isReject(read) ? 0 : read.text.length
    }
    if (notes.length + rejects.length < PAGE_NOTES && size < PAGE_BYTES) continue
    yield { notes, rejects }
    ;[notes, rejects, size] = [[], [], 0]
  }
  if (notes.length + rejects.length > 0) yield { notes, rejects }
}

async function* readAll(
  operands: readonly string[],
): AsyncGenerator<{ readonly source: string; readonly raw: RawNote }> {
  for (const operand of operands) {
    if (operand === '-') {
      const stream = process.stdin as AsyncIterable<Uint8Array>
      for await (const raw of readRawNotes({ kind: 'ndjson', id: '-', stream })) yield { source: '-', raw }
      continue
    }
    for (const input of findInputs([operand]))
      for await (const raw of readInput(input, newReadFiles()))
        yield { source: raw.source ?? input.path, raw }
  }
}
