/**
 * An input → its raw notes in order. Streams: memory holds one line, row, message or document. An input that
 * cannot be read at all throws; what is wrong with one note is a reject in its place. Here notes are only
 * cut out of the stream; `parseRawNote` reads them.
 */
import { gunzip } from './archive/gunzip.js'
import { readZip } from './archive/read-zip.js'
import { readTableRows } from './table-rows.js'
import { beginsLikeHl7, peek } from './first-bytes.js'
import { frameMessages } from './hl7/frame-messages.js'
import { kindOfFile, withoutGzipEnding } from './input-kind.js'
import { LINE_LIMIT, NOTE_LIMIT, sizeMessage, XML_LIMIT } from './limits.js'
import { readLines } from './lines.js'
import { rejectOf } from './note-record.js'
import { irregular } from './open-input.js'
import { ChartcodeError } from '../model/errors.js'
import type { RawInput } from './raw-input.js'
import type { RawNote } from './raw-note.js'

export function readRawNotes(input: RawInput): AsyncGenerator<RawNote> {
  switch (input.kind) {
    case 'ndjson':
      return readLineByLine(input, 'json')
    case 'fhir':
      return readLineByLine(input, 'fhir')
    case 'csv':
      return readTable(input, ',')
    case 'tsv':
      return readTable(input, '\t')
    case 'hl7':
      return frameMessages(input)
    case 'xml':
      return readWhole(input, 'ccda', XML_LIMIT)
    case 'text':
      return readText(input)
    case 'gzip':
      return readGzip(input)
    case 'zip':
      return readZip(input, readRawNotes)
    case 'irregular':
      throw irregular(input.id)
  }
}

async function* readLineByLine({ stream }: RawInput, kind: 'json' | 'fhir'): AsyncGenerator<RawNote> {
  for await (const { number, bytes } of readLines(stream, LINE_LIMIT)) {
    if (bytes === null)
      yield { kind: 'reject', reject: rejectOf(number, 'input-size', sizeMessage(`line ${number}`)) }
    else yield { kind, line: number, bytes }
  }
}

async function* readTable({ stream, id }: RawInput, delimiter: string): AsyncGenerator<RawNote> {
  for await (const row of readTableRows(stream, { name: id, delimiter })) {
    if ('error' in row) yield { kind: 'reject', reject: row }
    else yield { kind: 'json', line: row.line, bytes: Buffer.from(JSON.stringify(row.value), 'utf8') }
  }
}

async function* readText(input: RawInput): AsyncGenerator<RawNote> {
  const { head, stream } = await peek(input.stream)
  if (beginsLikeHl7(head)) yield* frameMessages({ ...input, stream })
  else yield* readWhole({ ...input, stream }, 'text', NOTE_LIMIT)
}

/** Beyond the limit the stream is read on, so that who hashes it has its hash. */
async function* readWhole(
  { stream, id }: RawInput,
  kind: 'text' | 'ccda',
  limit: number,
): AsyncGenerator<RawNote> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
  }
  if (size > limit) yield { kind: 'reject', reject: rejectOf(1, 'input-size', tooLarge(id, limit), id) }
  else yield { kind, line: 1, id, bytes: Buffer.concat(chunks) }
}

function tooLarge(id: string, limit: number): string {
  return limit === NOTE_LIMIT ? sizeMessage(id) : `${id} is larger than 20 MB, the limit for one document`
}

/** The notes inside are of the kind that the name says without `.gz`. */
async function* readGzip(input: RawInput): AsyncGenerator<RawNote> {
  const kind = kindOfFile(withoutGzipEnding(input.id))
  if (kind === 'gzip' || kind === 'zip')
    throw new ChartcodeError('input-archive', `${input.id} is an archive in an archive: unpack the outer one`)
  yield* readRawNotes({ ...input, kind, stream: gunzip(input.stream, input.id) })
}
