/**
 * An input (NDJSON, CSV or one text) → its raw notes in order. Streams: memory holds one line or row.
 * An input that cannot be read at all throws; what is wrong with one note is a reject in its place.
 */
import { readCsvRows } from './csv-rows.js'
import type { InputKind } from './input-kind.js'
import { LINE_LIMIT, NOTE_LIMIT, sizeMessage } from './limits.js'
import { readLines } from './lines.js'
import { rejectOf } from './note-record.js'
import type { RawNote } from './raw-note.js'

export interface RawInput {
  readonly kind: InputKind
  /** Id of the note where the input is one text; names the input in errors. */
  readonly id: string
  readonly stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

export function readRawNotes(input: RawInput): AsyncGenerator<RawNote> {
  if (input.kind === 'ndjson') return readNdjson(input)
  return input.kind === 'csv' ? readCsv(input) : readText(input)
}

async function* readNdjson({ stream }: RawInput): AsyncGenerator<RawNote> {
  for await (const { number, bytes } of readLines(stream, LINE_LIMIT)) {
    if (bytes === null)
      yield { kind: 'reject', reject: rejectOf(number, 'input-size', sizeMessage(`line ${number}`)) }
    else yield { kind: 'json', line: number, bytes }
  }
}

async function* readCsv({ stream, id }: RawInput): AsyncGenerator<RawNote> {
  for await (const row of readCsvRows(stream, id)) {
    if ('error' in row) yield { kind: 'reject', reject: row }
    else yield { kind: 'json', line: row.line, bytes: Buffer.from(JSON.stringify(row.value), 'utf8') }
  }
}

async function* readText({ stream, id }: RawInput): AsyncGenerator<RawNote> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= NOTE_LIMIT) chunks.push(chunk)
  }
  if (size > NOTE_LIMIT) yield { kind: 'reject', reject: rejectOf(1, 'input-size', sizeMessage(id), id) }
  else yield { kind: 'text', line: 1, id, bytes: Buffer.concat(chunks) }
}
