/**
 * What a command is: its description as data (from which help and the reading of arguments follow) and the
 * function that runs it. Each is loaded when it is called, for `detect` must start fast.
 */
import type { Arguments } from './arguments.js'
import type { Terminal } from './terminal.js'

export interface OptionSpec {
  readonly name: string
  /** Placeholder of the value in help; left out: a flag. */
  readonly value?: string
  readonly description: string
  /** May also be set by `CHARTCODE_<NAME>` or in the config file. */
  readonly configurable?: boolean
}

export interface CommandSpec {
  readonly name: string
  /** Behind the name: `[FILE…|-]`. */
  readonly operands: string
  readonly summary: string
  readonly description: string
  readonly options: readonly OptionSpec[]
  readonly examples: readonly string[]
  /** Paragraphs between options and examples. */
  readonly notes?: readonly string[]
  readonly exitCodes?: Readonly<Record<number, string>>
}

export interface Command {
  readonly spec: CommandSpec
  /** Answers the exit code. Throws `ChartcodeError`. */
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number> | number
}

/** A command that reads its words itself. */
export interface OwnParser {
  readonly spec: Pick<CommandSpec, 'name' | 'operands' | 'summary'>
  readonly runWords: (words: readonly string[], terminal: Terminal) => Promise<number>
}

export type AnyCommand = Command | OwnParser

export const EXIT = { done: 0, failed: 1, usage: 2, partial: 3 } as const
