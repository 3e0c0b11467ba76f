/** A hand-written CSV table → rows with their line numbers; a wrong header is an error that names it. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { ChartcodeError } from '../../model/errors.js'

export interface CsvRow<Column extends string> {
  readonly file: string
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
}

export function readCsv<Column extends string>(file: string, columns: readonly Column[]): CsvRow<Column>[] {
  const records = parseFile(file)
  const header = records[0]?.record.join(',')
  if (header !== columns.join(','))
    throw new ChartcodeError('lexicon-invalid', `${file}:1: the header must be ${columns.join(',')}`)
  return records.slice(1).map(({ record, info }) => {
    if (record.length !== columns.length)
      throw new ChartcodeError(
        'lexicon-invalid',
        `${file}:${info.lines}: ${record.length} cells where ${columns.length} are expected`,
      )
    const cells = Object.fromEntries(columns.map((column, i) => [column, record[i]?.trim() ?? '']))
    return { file, line: info.lines, cells: cells as Record<Column, string> }
  })
}

/** Throws `lexicon-invalid` with the row's file and line. */
export function refuse({ file, line }: Pick<CsvRow<string>, 'file' | 'line'>, what: string): never {
  throw new ChartcodeError('lexicon-invalid', `${file}:${line}: ${what}`)
}

interface ParsedRecord {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

function parseFile(file: string): ParsedRecord[] {
  try {
    const options = { info: true, bom: true, relax_column_count: true, skip_empty_lines: true } as const
    return parse(readFileSync(file), options) as unknown as ParsedRecord[]
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ChartcodeError('lexicon-invalid', `${file}: ${reason}`, { cause })
  }
}

/** Cells that hold a list: `a|b|c`. */
export function listOf(cell: string): string[] {
  return cell
    .split('|')
    .map(item => item.trim())
    .filter(item => item !== '')
}
