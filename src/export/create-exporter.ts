/**
 * Name of a format → its exporter. `detect` writes the format itself; a batch writes a stream of notes into one file,
 * so what is of one note becomes a line of NDJSON there, and the file's name says both: `results.brat.ndjson`.
 */
import { ChartcodeError } from '../model/errors.js'
import { bratExporter, bratLinesExporter } from './brat.js'
import { comprehendExporter, comprehendLinesExporter } from './comprehend.js'
import { csvExporter } from './csv.js'
import type { Exporter } from './exporter.js'
import { fhirExporter } from './fhir.js'
import { jsonExporter, ndjsonExporter } from './json.js'
import { tableExporter, type TableOptions } from './table.js'

export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'fhir', 'brat', 'comprehend'] as const
export const BATCH_FORMATS = ['ndjson', 'csv', 'fhir', 'brat', 'comprehend'] as const

export type NamedFormat = (typeof OUTPUT_FORMATS)[number]
export type OutputFormat = NamedFormat | 'fhir.ndjson' | 'brat.ndjson' | 'comprehend.ndjson'

/** Throws `usage` for a name that is no format. */
export function parseOutputFormat(
  name: string,
  allowed: readonly NamedFormat[] = OUTPUT_FORMATS,
): NamedFormat {
  const known = allowed.find(format => format === name)
  if (known !== undefined) return known
  throw new ChartcodeError('usage', `--format: ${name} is no format; use ${allowed.join(', ')}`)
}

/** The format of a batch's results file, which is the ending of its name. */
export function resultsFormat(format: NamedFormat): OutputFormat {
  return format === 'fhir' || format === 'brat' || format === 'comprehend' ? `${format}.ndjson` : format
}

/** brat and Comprehend Medical count code points, whatever the options say. */
export function countsCodePoints(format: NamedFormat): boolean {
  return format === 'brat' || format === 'comprehend'
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
    case 'fhir':
    case 'fhir.ndjson':
      return fhirExporter()
    case 'brat':
      return bratExporter()
    case 'brat.ndjson':
      return bratLinesExporter()
    case 'comprehend':
      return comprehendExporter()
    case 'comprehend.ndjson':
      return comprehendLinesExporter()
  }
}
