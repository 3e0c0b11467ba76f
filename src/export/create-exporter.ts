/** Name of a format → its exporter. Formats that are planned have their names here, so that the error is clear. */
import { ChartcodeError } from '../model/errors.js'
import { csvExporter } from './csv.js'
import type { Exporter } from './exporter.js'
import { jsonExporter, ndjsonExporter } from './json.js'
import { tableExporter, type TableOptions } from './table.js'

export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

const PLANNED: readonly string[] = ['fhir', 'brat', 'comprehend']

/** Throws `usage` for a name that is no format, or not yet one. */
export function parseOutputFormat(
  name: string,
  allowed: readonly OutputFormat[] = OUTPUT_FORMATS,
): OutputFormat {
  const known = allowed.find(format => format === name)
  if (known !== undefined) return known
  const why = PLANNED.includes(name) ? `${name} is not available in this version` : `${name} is no format`
  throw new ChartcodeError('usage', `--format: ${why}; use ${allowed.join(', ')}`)
}

export function createExporter(format: OutputFormat, table: TableOptions): Exporter {
  switch (format) {
    case 'table':
      return tableExporter(table)
    case 'json':
      return jsonExporter()
    case 'csv':
      return csvExporter()
    case 'ndjson':
      return ndjsonExporter()
  }
}
