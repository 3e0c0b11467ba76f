/**
 * `chartcode dictionary`: install, list, build, verify, diff, coverage. Assembled here, each in a file
 * of its own. Actions throw `ChartcodeError`; wrong usage throws commander's `CommanderError`
 * (`exitOverride`), so that `main` alone decides on exit codes.
 */
import { Command } from 'commander'

import type { DictionaryContext } from './context.js'
import { addDiffCommand } from './diff-command.js'
import { addInstallCommand } from './install-command.js'
import { addListCommand } from './list-command.js'
import { addVerifyCommand } from './verify-command.js'
import { addWorkCommands } from './work-commands.js'

export type { CoverageWork, DictionaryContext, DictionaryWork, OutputRow } from './context.js'

/** The command with its subcommands, ready for `program.addCommand`. */
export function dictionaryCommand(context: DictionaryContext): Command {
  const dictionary = new Command('dictionary')
    .description("Install, compile, check and compare the publishers' releases.")
    .exitOverride()
    .configureOutput({
      writeOut: context.print,
      writeErr: text => {
        context.warn(text.trimEnd())
      },
    })
  addInstallCommand(dictionary, context)
  addListCommand(dictionary, context)
  addWorkCommands(dictionary, context)
  addVerifyCommand(dictionary, context)
  addDiffCommand(dictionary, context)
  return dictionary
}
