/** Everything but a plain text file, and standard input → notes and rejects, as a stream. Throws `input-empty` where there is none. */
import { createReadStream } from 'node:fs'
import { kindOfFile, type InputKind } from '../../intake/input-kind.js'
import { parseRawNote, type RawNote } from '../../intake/raw-note.js'
import { readRawNotes } from '../../intake/read-raw-notes.js'
import { beginsLikeHl7, peek } from '../../intake/first-bytes.js'
import { openInput } from '../../intake/open-input.js'
import { textNote } from '../../intake/text-note.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'

const READ_SIZE = 256 * 1024

export async function* streamNotes(file: string): AsyncGenerator<Note | Reject> {
  const { kind, stream } = file === '-' ? await sniff(process.stdin) : openFile(file)
  const name = file === '-' ? 'standard input' : file
  let count = 0
  for await (const raw of readRawNotes({ kind, id: file, stream, path: file })) {
    count += 1
    // What is wrong with the one text that was named is told in words, not as a record.
    if (raw.kind === 'text' && kind === 'text') yield textNote(raw.bytes, raw.id, name)
    else yield* parseRawNote(raw)
  }
  if (count === 0) throw new ChartcodeError('input-empty', `${name} is empty: there is no note to read`)
}

/** Raw notes of a file or of standard input that must be NDJSON. */
export function streamLines(file: string): AsyncGenerator<RawNote> {
  return readRawNotes({
    kind: 'ndjson',
    id: file,
    stream: file === '-' ? process.stdin : openFile(file).stream,
  })
}

interface Opened {
  readonly kind: InputKind
  readonly stream: AsyncIterable<Uint8Array>
}

function openFile(file: string): Opened {
  return {
    kind: kindOfFile(file),
    stream: createReadStream(file, { fd: openInput(file), highWaterMark: READ_SIZE }),
  }
}

const OPENING_BRACE = 0x7b
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Standard input is NDJSON if its first character is an opening brace; HL7 is told by its first segment. */
async function sniff(input: AsyncIterable<Uint8Array>): Promise<Opened> {
  // Who pipes note after note waits for the first result: no more is read than decides.
  const { head, stream } = await peek(input, bytes => firstSign(bytes) + HEADER_NAME <= bytes.length)
  const kind = head[firstSign(head)] === OPENING_BRACE ? 'ndjson' : beginsLikeHl7(head) ? 'hl7' : 'text'
  return { kind, stream }
}

/** `MSH|` */
const HEADER_NAME = 4

function firstSign(bytes: Uint8Array): number {
  const at = bytes.findIndex(byte => byte > 0x20 && !BYTE_ORDER_MARK.includes(byte))
  return at < 0 ? bytes.length : at
}
