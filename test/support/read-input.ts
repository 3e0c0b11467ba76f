/** An input of the intake → everything that comes out of it, as a batch would see it. */
import type { RawInput } from '../../src/intake/raw-input.js'
import { kindOfFile } from '../../src/intake/input-kind.js'
import { parseRawNote } from '../../src/intake/raw-note.js'
import { readRawNotes } from '../../src/intake/read-raw-notes.js'
import type { Note, Reject } from '../../src/model/note.js'

/** `name` says what kind it is and is the id of a note that is a whole file. */
export async function readInput(
  name: string,
  content: string | Uint8Array | readonly Uint8Array[],
  more: Partial<RawInput> = {},
): Promise<(Note | Reject)[]> {
  const stream = typeof content === 'string' ? [Buffer.from(content, 'utf8')] : chunksOf(content)
  const read: (Note | Reject)[] = []
  for await (const raw of readRawNotes({ kind: kindOfFile(name), id: name, stream, ...more }))
    read.push(...parseRawNote(raw))
  return read
}

function chunksOf(content: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  return content instanceof Uint8Array ? [content] : content
}

/** The code of a reject, or the text of a note. */
export function outcomeOf(read: Note | Reject | undefined): string | undefined {
  return read === undefined ? undefined : 'error' in read ? read.error.code : read.text
}
