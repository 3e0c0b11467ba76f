/**
 * What a command is: its description and the function that runs it. Each is loaded when it is called, for
 * `detect` must start fast.
 */
import type { Arguments } from './arguments.js'
import type { CommandSpec } from './command-spec.js'
import type { Terminal } from './terminal.js'

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
