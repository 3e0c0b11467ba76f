/**
 * `dictionary build` and `dictionary coverage`: their work is passed in by `main`, for compiling and
 * measuring belong to other folders; here are only their arguments, help and output.
 */
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import { parseFiscalYear } from '../../dictionary/releases/fiscal-year.js'
import type { DictionaryContext, DictionaryWork, OutputRow } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

interface WorkCommand {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly work: (work: DictionaryWork) => Promise<readonly OutputRow[]>
}

export function addWorkCommands(parent: Command, context: DictionaryContext): void {
  addWorkCommand(parent, context, {
    name: 'build',
    summary: 'compile the dictionary of a release',
    description: 'Compile lexicon and release into the snapshot that detect and batch open.',
    work: context.build,
  })
  addWorkCommand(parent, context, {
    name: 'coverage',
    summary: 'show how much of a release the lexicon covers',
    description: 'Show, chapter by chapter, how much of a release the hand-written lexicon covers.',
    work: context.coverage,
  })
}

function addWorkCommand(parent: Command, context: DictionaryContext, command: WorkCommand): void {
  parent
    .command(command.name)
    .summary(command.summary)
    .description(command.description)
    .argument('[FY]', 'the fiscal year; without it, the newest installed')
    .addOption(formatOption())
    .action(async (year: string | undefined, options: FormatOption) => {
      const rows = await command.work({
        dataDirectory: dataDirectoryPath({ option: context.dataDirectory }),
        fiscalYear: year === undefined ? null : parseFiscalYear(year),
        onProgress: context.progress,
      })
      printResult(context, options, rows, rows)
    })
}
