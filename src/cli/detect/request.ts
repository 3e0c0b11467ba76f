/** Options that `detect` and `batch` share → what the engine is told, checked once. */
import {
  countsCodePoints,
  OUTPUT_FORMATS,
  parseOutputFormat,
  type NamedFormat,
} from '../../export/create-exporter.js'
import { isCalendarDate } from '../../intake/calendar-date.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Setting } from '../../model/note.js'
import { DEFAULT_OPTIONS, parseSystems, type DetectOptions } from '../../pipeline/options.js'
import { numberFrom, oneOf, type Arguments } from '../arguments.js'
import type { OptionSpec } from '../command-spec.js'
import type { Terminal } from '../terminal.js'

export const DETECT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'setting',
    value: 'SETTING',
    description: 'outpatient or inpatient, for notes that do not say',
    configurable: true,
  },
  { name: 'date', value: 'YYYY-MM-DD', description: 'date of service, for notes that do not say' },
  {
    name: 'systems',
    value: 'LIST',
    description: 'icd10cm, cpt, hcpcs, with commas (default icd10cm)',
    configurable: true,
  },
  {
    name: 'min-score',
    value: 'N',
    description: `from 0 to 1: what scores less is not coded (default ${DEFAULT_OPTIONS.minScore})`,
    configurable: true,
  },
  {
    name: 'offsets',
    value: 'UNIT',
    description: 'utf16, codepoint or byte (default utf16; brat and comprehend: always codepoint)',
    configurable: true,
  },
  {
    name: 'explain',
    description: 'with the parts of each score; in a table, with the derivation of each code',
  },
]

/** What stands in for what a note does not say. */
export interface NoteDefaults {
  readonly setting?: Setting
  readonly dateOfService?: string
}

export interface DetectRequest {
  readonly format: NamedFormat
  readonly options: DetectOptions
  readonly defaults: NoteDefaults
}

export function readRequest(
  args: Arguments,
  { isTerminal }: Pick<Terminal, 'isTerminal'>,
  formats = OUTPUT_FORMATS as readonly NamedFormat[],
): DetectRequest {
  const format = formatOf(args, isTerminal, formats)
  const setting = oneOf(args, 'setting', ['outpatient', 'inpatient'])
  const date = args.value('date')
  const systems = args.value('systems')
  const offsets = oneOf(args, 'offsets', ['utf16', 'codepoint', 'byte'])
  if (date !== undefined && !isCalendarDate(date))
    throw new ChartcodeError('date-invalid', `--date ${date}: this is not a calendar date; write YYYY-MM-DD`)
  return {
    format,
    options: {
      systems: systems === undefined ? DEFAULT_OPTIONS.systems : parseSystems(systems),
      minScore:
        numberFrom(args, 'min-score', { least: 0, most: 1, whole: false }) ?? DEFAULT_OPTIONS.minScore,
      offsets: countsCodePoints(format) ? 'codepoint' : (offsets ?? DEFAULT_OPTIONS.offsets),
      explain: args.has('explain'),
    },
    defaults: {
      ...(setting === undefined ? {} : { setting }),
      ...(date === undefined ? {} : { dateOfService: date }),
    },
  }
}

function formatOf(args: Arguments, isTerminal: boolean, formats: readonly NamedFormat[]): NamedFormat {
  const given = args.value('format')
  if (given !== undefined) return parseOutputFormat(given, formats)
  return isTerminal && formats.includes('table') ? 'table' : 'ndjson'
}
