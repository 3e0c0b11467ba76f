/** NDJSON, CSV and standard input → notes and rejects, as a stream. Throws `input-empty` where there is none. */
import { createReadStream } from 'node:fs'
import { kindOfFile, type InputKind } from '../../intake/input-kind.js'
import { parseRawNote, type RawNote } from '../../intake/raw-note.js'
import { readRawNotes } from '../../intake/read-raw-notes.js'
import { openInput, textNote } from '../../intake/text-note.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'

const READ_SIZE = 256 * 1024

export async function* streamNotes(file: string): AsyncGenerator<Note | Reject> {
  const { kind, stream } = file === '-' ? await sniff(process.stdin) : openFile(file)
  const name = file === '-' ? 'standard input' : file
  let count = 0
  for await (const raw of readRawNotes({ kind, id: file, stream })) {
    count += 1
    yield raw.kind === 'text' ? textNote(raw.bytes, file, name) : parseRawNote(raw)
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

/** Standard input is NDJSON if its first character is an opening brace. */
async function sniff(stream: AsyncIterable<Uint8Array>): Promise<Opened> {
  const iterator = stream[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let first: number | undefined
  while (first === undefined) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    first = next.value.find(byte => byte > 0x20 && !BYTE_ORDER_MARK.includes(byte))
  }
  return { kind: first === OPENING_BRACE ? 'ndjson' : 'text', stream: resume(seen, iterator) }
}

async function* resume(
  seen: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}
