/**
 * The program: first word → command → exit code. Everything a command needs is loaded behind its name, so
 * that the start of one does not pay for the others. Errors end here: one line on standard error with the
 * error's code, never note text.
 */
import { ENGINE_VERSION } from '../app/version.js'
import { ChartcodeError } from '../model/errors.js'
import { EXIT, type AnyCommand } from './command.js'
import { COMMANDS, PLANNED_COMMANDS } from './commands.js'
import { createTerminal } from './terminal.js'

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...words]: readonly string[]): Promise<number> {
  const terminal = createTerminal({ quiet: words.includes('--quiet') })
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
      return await showHelp(name, words)
    if (name === '--version' || name === '-V') {
      terminal.print(`${ENGINE_VERSION}\n`)
      return EXIT.done
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (load === undefined) throw unknownCommand(name)
    return await runCommand(await load(), words)
  } catch (error) {
    return report(error, name)
  }

  async function runCommand(command: AnyCommand, rest: readonly string[]): Promise<number> {
    if ('runWords' in command) return command.runWords(rest, terminal)
    const { parseArguments } = await import('./arguments.js')
    const { readSettings } = await import('./settings.js')
    const args = parseArguments(rest, command.spec, readSettings(process.env))
    if (!args.wantsHelp) return command.run(args, terminal)
    const { commandHelp } = await import('./help.js')
    terminal.print(commandHelp(command.spec))
    return EXIT.done
  }

  async function showHelp(asked: string | undefined, [about]: readonly string[]): Promise<number> {
    if (about !== undefined && COMMANDS[about] !== undefined)
      return runCommand(await COMMANDS[about](), ['--help'])
    const { programHelp } = await import('./help.js')
    const commands = await Promise.all(Object.values(COMMANDS).map(load => load()))
    const help = programHelp(commands.map(({ spec }) => spec))
    if (asked === undefined) terminal.warn(help.trimEnd())
    else terminal.print(help)
    return asked === undefined ? EXIT.usage : EXIT.done
  }

  function report(error: unknown, command: string | undefined): number {
    if (error instanceof ChartcodeError) {
      terminal.warn(`chartcode: ${error.message} [${error.code}]`)
      return error.code === 'usage' || error.code === 'date-invalid' ? EXIT.usage : EXIT.failed
    }
    // A fault of the program: its kind and place, not its message, which may quote what was being read.
    const { name: kind, stack = '' } = error instanceof Error ? error : new Error(String(error))
    const place = stack
      .split('\n')
      .filter(line => line.startsWith('    at '))
      .slice(0, 5)
      .join('\n')
    terminal.warn(`chartcode ${command ?? ''}: unexpected ${kind}; please report it\n${place}`)
    return EXIT.failed
  }
}

function unknownCommand(name: string): ChartcodeError {
  if (PLANNED_COMMANDS.includes(name))
    return new ChartcodeError('usage', `'${name}' is not available in version ${ENGINE_VERSION}`)
  return new ChartcodeError('usage', `'${name}' is no command; \`chartcode --help\` lists them`)
}
