/**
 * `dictionary build` and `dictionary coverage`: their work is passed in by `main`, for compiling and
 * measuring belong to other folders; here are only their arguments, help and output.
 */
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import { parseFiscalYear } from '../../dictionary/releases/fiscal-year.js'
import type { DictionaryContext, DictionaryWork } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

export function addWorkCommands(parent: Command, context: DictionaryContext): void {
  parent
    .command('build')
    .summary('compile the dictionary of a release')
    .description('Compile lexicon and release into the snapshot that detect and batch open.')
    .argument('[FY]', 'the fiscal year; without it, the newest installed')
    .addOption(formatOption())
    .action(async (year: string | undefined, options: FormatOption) => {
      const rows = await context.build(workOf(year, context))
      printResult(context, options, rows, rows)
    })
  parent
    .command('coverage')
    .summary('show how much of a release, or of labelled notes, the lexicon covers')
    .description(
      'Without FILE: how many billable codes of a release the hand-written lexicon reaches, chapter by chapter.\n' +
        'With FILE: of NDJSON notes with "codes" and "mentions", the share of the codes that the lexicon can\n' +
        'reach and of the marked spans in which it finds words.',
    )
    .argument('[FY|FILE...]', 'the fiscal year, first (default: the newest installed), and files of labels')
    .addOption(formatOption())
    .action(async (operands: readonly string[], options: FormatOption) => {
      const [first] = operands
      const year = first !== undefined && FISCAL_YEAR.test(first) ? first : undefined
      const files = year === undefined ? operands : operands.slice(1)
      const rows = await context.coverage({ ...workOf(year, context), files })
      printResult(context, options, rows, rows)
    })
}

/** `FY2026`, `2026`; everything else is a file. */
const FISCAL_YEAR = /^(FY)?\d{4}$/i

function workOf(year: string | undefined, context: DictionaryContext): DictionaryWork {
  return {
    dataDirectory: dataDirectoryPath({ option: context.dataDirectory }),
    fiscalYear: year === undefined ? null : parseFiscalYear(year),
    onProgress: context.progress,
  }
}
