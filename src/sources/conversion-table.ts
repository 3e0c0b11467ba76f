/**
 * The conversion table: for every code that was ever added, since when it is valid and what stood for it before.
 * Comes in: bytes, CSV (RFC 4180), some lines of introduction, then the header "Current code assignment, Effective,
 * Previous Code(s) Assignment". Goes out: a `ConversionRow` a line, codes without their dots.
 * The effective date is a year, meaning its 1 October, or a date; the codes before are printed as `G56.01 and G56.02`
 * or `C50.919, C50.929`. Rows that name none before (new concepts) are passed over.
 * Source: "ICD-10-CM Conversion Table", published with the release.
 */
import { Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import { withoutDot } from '../codes/icd10cm.js'
import { ChartcodeError } from '../model/errors.js'
import type { ConversionRow } from '../model/code.js'
import { limitBytes, type ByteSource } from './byte-source.js'

/** How the header begins; `identify.ts` knows the file by it. */
export const CONVERSION_HEADER = /^"?Current code assignment"?,\s*"?Effective/im

/** A few are printed without their dot. */
const CODES = /\b[A-Z](?:\d[0-9A-Z]|[A-Z]\d)\.?[0-9A-Z]{0,4}\b/g

/** Throws `release-unreadable` with the line number. */
export async function* readConversionTable(source: ByteSource, name: string): AsyncGenerator<ConversionRow> {
  let isInTable = false
  for await (const { record, info } of parsed(source, name)) {
    const [current = '', effective = '', previous = ''] = record.map(cell => cell.trim())
    if (!isInTable) isInTable = /^Current code assignment$/i.test(current)
    else if (record.some(cell => cell.trim() !== '')) {
      const fail = (what: string): never => refuse(name, info.lines, what)
      const [code = fail('the first column is not a code')] = codesIn(current)
      const codes = codesIn(previous)
      if (codes.length > 0)
        yield { code, effective: dateOf(effective) ?? fail('no effective date'), previous: codes }
    }
  }
  if (!isInTable) refuse(name, 1, 'the header of a conversion table is missing')
}

function codesIn(printed: string): string[] {
  return (printed.match(CODES) ?? []).map(withoutDot)
}

function dateOf(printed: string): string | undefined {
  if (/^20\d\d$/.test(printed)) return `${printed}-10-01`
  return /^20\d\d-\d\d-\d\d/.exec(printed)?.[0]
}

interface ParsedRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

async function* parsed(source: ByteSource, name: string): AsyncGenerator<ParsedRow> {
  const parser = Readable.from(limitBytes(source, name), { objectMode: false }).pipe(
    parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  )
  try {
    for await (const row of parser) yield row as ParsedRow
  } catch (error) {
    if (error instanceof ChartcodeError) throw error
    refuse(name, Number((error as Partial<CsvError>).lines ?? 1), 'not CSV', error)
  }
}

function refuse(name: string, line: number, what: string, cause?: unknown): never {
  throw new ChartcodeError('release-unreadable', `${name}: line ${line}: ${what}`, { line, cause })
}
