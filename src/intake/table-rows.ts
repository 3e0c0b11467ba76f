/**
 * A table (CSV, or TSV with its own delimiter) → its rows as note objects, still unchecked (`note-record.ts`
 * does that). The header names the columns: `text`, and any of those below; others are ignored. Row by row,
 * whatever the size.
 */
import { isUtf8 } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import { ChartcodeError } from '../model/errors.js'
import type { Reject } from '../model/note.js'
import { peek } from './first-bytes.js'
import { LINE_LIMIT } from './limits.js'
import { rejectOf } from './note-record.js'

export interface TableRow {
  /** 1-based line on which the row begins. */
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}

/** Column of the header, in lower case without `_`, `-` and blanks → field of the note. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['id', 'id'],
  ['text', 'text'],
  ['setting', 'setting'],
  ['dateofservice', 'dateOfService'],
  ['facility', 'facility'],
  ['type', 'type'],
  ['author', 'author'],
])
const PATIENT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['patientid', 'id'],
  ['birthdate', 'birthDate'],
  ['patientbirthdate', 'birthDate'],
  ['age', 'age'],
  ['patientage', 'age'],
  ['sex', 'sex'],
  ['patientsex', 'sex'],
])

interface ParsedRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

export interface TableShape {
  /** Names the table in errors. */
  readonly name: string
  readonly delimiter: string
}

/**
 * Throws `input-line` where the header lacks `text` and `input-encoding` where it is not UTF-8; a broken row
 * is a reject, the rest goes on.
 */
export async function* readTableRows(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { name, delimiter }: TableShape,
): AsyncGenerator<TableRow | Reject> {
  const { head, stream: whole } = await peek(stream)
  const mark = markOf(head)
  const broken: Reject[] = []
  let header: readonly string[] | undefined
  let line = 1
  for await (const { record, info } of parseRows(behind(whole, mark.length), { mark, delimiter, broken })) {
    // The parser runs ahead of what it hands out: of the broken rows only those before this one come now.
    while (broken[0] !== undefined && broken[0].line < info.lines) {
      line = broken[0].line + 1
      yield broken.shift() as Reject
    }
    const cells = mark.encoding === 'latin1' ? decodeCells(record) : record
    if (header === undefined) header = checkedHeader(cells, name)
    else if (cells === null) yield rejectOf(line, 'input-encoding', `line ${line} is not valid UTF-8`)
    else if (cells.length === header.length) yield { line, value: noteOf(header, cells) }
    else yield rejectOf(line, 'input-line', cellsMessage(cells, header))
    line = info.lines + 1
  }
  yield* broken
}

interface ParserRequest {
  readonly mark: Mark
  readonly delimiter: string
  /** Where rows that cannot be parsed are put. */
  readonly broken: Reject[]
}

/** `pipeline`, unlike `pipe`, hands an error of the stream on to who reads the rows. */
function parseRows(
  stream: AsyncIterable<Uint8Array>,
  { mark, delimiter, broken }: ParserRequest,
): AsyncIterable<ParsedRow> {
  const parser = parse({
    encoding: mark.encoding,
    delimiter,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    // A stray quote spoils its own row, which then has other cells than the header, and not the next ones.
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: LINE_LIMIT,
    on_skip: error => {
      if (error === undefined) return undefined
      const line = typeof error['lines'] === 'number' ? error['lines'] : 1
      broken.push(rejectOf(line, 'input-line', whyBroken(error)))
      return undefined
    },
  })
  return pipeline(Readable.from(stream, { objectMode: false }), parser, () => undefined)
}

interface Mark {
  /** In bytes. */
  readonly length: number
  readonly encoding: 'latin1' | 'utf16le'
}

/**
 * Bytes go through the parser as Latin-1, one character each, and are decoded cell by cell: a replacement
 * character for a byte that is no UTF-8 would alter a note without a word. Spreadsheets write UTF-16 with a mark.
 */
function markOf(head: Uint8Array): Mark {
  if (head[0] === 0xff && head[1] === 0xfe) return { length: 2, encoding: 'utf16le' }
  const isUtf8 = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
  return { length: isUtf8 ? 3 : 0, encoding: 'latin1' }
}

async function* behind(stream: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length
  for await (const bytes of stream) {
    if (left < bytes.length) yield bytes.subarray(left)
    left = Math.max(0, left - bytes.length)
  }
}

/** Null where a cell is not UTF-8. */
function decodeCells(record: readonly string[]): readonly string[] | null {
  const cells = record.map(cell => Buffer.from(cell, 'latin1'))
  return cells.every(cell => isUtf8(cell)) ? cells.map(cell => cell.toString('utf8')) : null
}

function cellsMessage(record: readonly string[], header: readonly string[]): string {
  return `the row has ${record.length} cells where the header has ${header.length}: check its quotes`
}

function whyBroken(error: CsvError): string {
  return `the row cannot be parsed (${error.code}): check its quotes`
}

function checkedHeader(record: readonly string[] | null, name: string): readonly string[] {
  if (record === null)
    throw new ChartcodeError('input-encoding', `${name}: the first line is not valid UTF-8; convert the file`)
  const header = record.map(cell => cell.toLowerCase().replace(/[\s_-]/g, ''))
  if (!header.includes('text'))
    throw new ChartcodeError('input-line', `${name}: the first line must name the columns, among them text`, {
      line: 1,
    })
  return header
}

function noteOf(header: readonly string[], record: readonly string[]): { readonly [field: string]: unknown } {
  const note: { [field: string]: unknown } = {}
  const patient: { [field: string]: unknown } = {}
  header.forEach((column, index) => {
    const cell = record[index] ?? ''
    const field = FIELDS.get(column)
    const ofPatient = PATIENT_FIELDS.get(column)
    if (field === 'text' || (field !== undefined && cell !== '')) note[field] = cell
    else if (ofPatient !== undefined && cell !== '')
      patient[ofPatient] = ofPatient === 'age' ? numberOf(cell) : cell
  })
  return Object.keys(patient).length === 0 ? note : { ...note, patient }
}

/** A cell that is no number stays a string, which the schema refuses. */
function numberOf(cell: string): number | string {
  return /^\d+(?:\.\d+)?$/.test(cell.trim()) ? Number(cell) : cell
}
