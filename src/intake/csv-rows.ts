/**
 * A CSV export → its rows as note objects, still unchecked (`note-record.ts` does that). The header names
 * the columns: `id` and `text`, and any of those below; others are ignored. Row by row, whatever the size.
 */
import { Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import { ChartcodeError } from '../model/errors.js'
import type { Reject } from '../model/note.js'
import { LINE_LIMIT } from './limits.js'
import { rejectOf } from './note-record.js'

export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}

/** Column of the header, in lower case without `_`, `-` and blanks → field of the note. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  text: 'text',
  setting: 'setting',
  dateofservice: 'dateOfService',
  facility: 'facility',
  type: 'type',
  author: 'author',
}
const PATIENT_FIELDS: Readonly<Record<string, string>> = {
  patientid: 'id',
  birthdate: 'birthDate',
  patientbirthdate: 'birthDate',
  age: 'age',
  patientage: 'age',
  sex: 'sex',
  patientsex: 'sex',
}

interface ParsedRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Throws `input-line` where the header lacks `id` or `text`; a broken row is a reject, the rest goes on. */
export async function* readCsvRows(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<CsvRow | Reject> {
  const broken: Reject[] = []
  const parser = Readable.from(stream, { objectMode: false }).pipe(
    parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // A stray quote spoils its own row, which then has other cells than the header, and not the next ones.
      relax_quotes: true,
      skip_records_with_error: true,
      max_record_size: LINE_LIMIT,
      on_skip: error => {
        if (error !== undefined)
          broken.push(
            rejectOf(typeof error['lines'] === 'number' ? error['lines'] : 1, 'input-line', whyBroken(error)),
          )
        return undefined
      },
    }),
  )
  let header: readonly string[] | undefined
  let line = 1
  for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
    // The parser runs ahead of what it hands out: of the broken rows only those before this one come now.
    while (broken[0] !== undefined && broken[0].line < info.lines) {
      line = broken[0].line + 1
      yield broken.shift() as Reject
    }
    if (header === undefined) header = checkedHeader(record, name)
    else if (record.length === header.length) yield { line, value: noteOf(header, record) }
    else yield rejectOf(line, 'input-line', cellsMessage(record, header))
    line = info.lines + 1
  }
  yield* broken
}

function cellsMessage(record: readonly string[], header: readonly string[]): string {
  return `the row has ${record.length} cells where the header has ${header.length}: check its quotes`
}

function whyBroken(error: CsvError): string {
  return `the row cannot be parsed (${error.code}): check its quotes`
}

function checkedHeader(record: readonly string[], name: string): readonly string[] {
  const header = record.map(cell => cell.toLowerCase().replace(/[\s_-]/g, ''))
  if (!header.includes('id') || !header.includes('text'))
    throw new ChartcodeError(
      'input-line',
      `${name}: the first line must name the columns, among them id and text`,
      { line: 1 },
    )
  return header
}

function noteOf(header: readonly string[], record: readonly string[]): { readonly [field: string]: unknown } {
  const note: { [field: string]: unknown } = {}
  const patient: { [field: string]: unknown } = {}
  header.forEach((column, index) => {
    const cell = record[index] ?? ''
    const field = FIELDS[column]
    const ofPatient = PATIENT_FIELDS[column]
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
