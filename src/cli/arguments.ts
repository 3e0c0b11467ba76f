/**
 * Words of the command line → operands and options, by a command's own table. Flags go before the
 * environment (`CHARTCODE_MIN_SCORE`), the environment before the config file. Own, because it is loaded at
 * every start: 60 lines instead of a package.
 */
import { ChartcodeError } from '../model/errors.js'
import type { CommandSpec, OptionSpec } from './command-spec.js'

export interface Arguments {
  readonly operands: readonly string[]
  readonly wantsHelp: boolean
  readonly has: (flag: string) => boolean
  readonly value: (option: string) => string | undefined
}

/** Values that stand in when the command line names none. */
export type Settings = (option: OptionSpec) => string | undefined

/** Of every command. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'data-dir',
    value: 'DIR',
    description: 'where releases and compiled dictionaries are kept',
    configurable: true,
  },
  { name: 'quiet', description: 'no progress and no notices on standard error' },
  { name: 'help', description: 'show this help' },
]

export function parseArguments(words: readonly string[], spec: CommandSpec, settings: Settings): Arguments {
  const options = [...spec.options, ...COMMON_OPTIONS]
  const operands: string[] = []
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') {
      operands.push(...words.slice(i + 1))
      break
    }
    if (word === '-h') flags.add('help')
    else if (word === '-' || !word.startsWith('-')) operands.push(word)
    else {
      const { option, given } = findOption(word, options, spec)
      if (option.value === undefined) flags.add(withoutValue(option, given))
      else values.set(option.name, given ?? valueOf(option, words[++i]))
    }
  }
  for (const option of options) {
    const value = option.configurable === true && !values.has(option.name) ? settings(option) : undefined
    if (value !== undefined) values.set(option.name, value)
  }
  return {
    operands,
    wantsHelp: flags.has('help'),
    has: flag => flags.has(flag),
    value: option => values.get(option),
  }
}

function findOption(
  word: string,
  options: readonly OptionSpec[],
  { name }: CommandSpec,
): { option: OptionSpec; given: string | undefined } {
  const at = word.indexOf('=')
  const wanted = at < 0 ? word : word.slice(0, at)
  const option = options.find(candidate => `--${candidate.name}` === wanted)
  if (option !== undefined) return { option, given: at < 0 ? undefined : word.slice(at + 1) }
  throw new ChartcodeError(
    'usage',
    `unknown option ${wanted}; \`chartcode ${name} --help\` lists the options`,
  )
}

function withoutValue({ name }: OptionSpec, given: string | undefined): string {
  if (given !== undefined) throw new ChartcodeError('usage', `--${name} takes no value`)
  return name
}

function valueOf({ name, value }: OptionSpec, next: string | undefined): string {
  if (next !== undefined && (next === '-' || !next.startsWith('--'))) return next
  throw new ChartcodeError('usage', `--${name} needs a value: --${name} ${value}`)
}

/** Throws `usage` unless the value is one of the words. */
export function oneOf<Word extends string>(
  args: Arguments,
  option: string,
  words: readonly Word[],
): Word | undefined {
  const value = args.value(option)
  if (value === undefined) return undefined
  const word = words.find(candidate => candidate === value)
  if (word !== undefined) return word
  throw new ChartcodeError('usage', `--${option} ${value}: use ${words.join(' or ')}`)
}

/** Throws `usage` unless the value is a number from `least` to `most`. */
export function numberFrom(
  args: Arguments,
  option: string,
  { least, most, whole }: { least: number; most: number; whole: boolean },
): number | undefined {
  const value = args.value(option)
  if (value === undefined) return undefined
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number
  throw new ChartcodeError(
    'usage',
    `--${option} ${value}: give a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
  )
}
