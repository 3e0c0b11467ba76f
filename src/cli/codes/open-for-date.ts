/** The dictionary of a date of service, for the commands that look codes up. */
import { findDictionaries } from '../../app/dictionaries.js'
import { openDictionary, type Dictionary } from '../../dictionary/open-dictionary.js'
import { isCalendarDate } from '../../intake/calendar-date.js'
import { ChartcodeError } from '../../model/errors.js'
import { oneOf, type Arguments } from '../arguments.js'
import type { OptionSpec } from '../command-spec.js'
import type { Terminal } from '../terminal.js'

export const LOOKUP_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'date',
    value: 'YYYY-MM-DD',
    description: 'the code set of this date of service (default: the newest)',
  },
  { name: 'format', value: 'FORMAT', description: 'table or json (default: table on a terminal, else json)' },
]

export async function openForDate(args: Arguments, terminal: Terminal): Promise<Dictionary> {
  const date = args.value('date')
  if (date !== undefined && !isCalendarDate(date))
    throw new ChartcodeError('date-invalid', `--date ${date}: this is not a calendar date; write YYYY-MM-DD`)
  const dictionaries = await findDictionaries({
    dataDirectory: args.value('data-dir'),
    onBuild: year => {
      terminal.progress(`compiling the dictionary of FY${year}, once …`)
    },
  })
  const { fiscalYear, substituted, wanted } = dictionaries.choose(date ?? null)
  if (substituted)
    terminal.progress(`FY${wanted}, to which ${date} belongs, is not installed; FY${fiscalYear} answers`)
  return openDictionary(await dictionaries.open(fiscalYear))
}

export function wantsJson(args: Arguments, { isTerminal }: Terminal): boolean {
  return (oneOf(args, 'format', ['table', 'json']) ?? (isTerminal ? 'table' : 'json')) === 'json'
}
