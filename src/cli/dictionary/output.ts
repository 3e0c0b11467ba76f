/**
 * How the `dictionary` commands print: a table for people, JSON for programs, chosen by `--format`
 * or by whether standard output is a terminal. Columns are as wide as their widest cell; nothing is
 * coloured, so `NO_COLOR` has nothing to do here.
 */
import { Option } from 'commander'

import type { DictionaryContext, OutputRow } from './context.js'

export interface FormatOption {
  readonly format?: 'table' | 'json'
}

export function formatOption(): Option {
  return new Option('--format <format>', 'table or json (default: a table on a terminal, else json)').choices(
    ['table', 'json'],
  )
}

/** Prints `value` as JSON or `rows` as a table. */
export function printResult(
  context: DictionaryContext,
  options: FormatOption,
  value: unknown,
  rows: readonly OutputRow[],
): void {
  const format = options.format ?? (context.terminal ? 'table' : 'json')
  context.print(format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : formatTable(rows))
}

/** Headings from the keys of the first row; numbers to the right. */
export function formatTable(rows: readonly OutputRow[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const cells = [columns, ...rows.map(row => columns.map(column => cellText(row[column])))]
  const widths = columns.map((_, index) => Math.max(...cells.map(line => line[index]?.length ?? 0)))
  const numeric = columns.map(column => rows.every(row => typeof row[column] === 'number'))
  const lines = cells.map(line =>
    line
      .map((cell, index) =>
        numeric[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return columns.length === 0 ? '' : `${lines.join('\n')}\n`
}

function cellText(value: OutputRow[string] | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}
