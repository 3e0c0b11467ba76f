/** Help texts, made from the commands' own tables, so that they say what the program takes. */
import { COMMON_OPTIONS } from './arguments.js'
import type { CommandSpec, OptionSpec } from './command-spec.js'

/** Of every command, unless it says otherwise. */
const EXIT_CODES: Readonly<Record<number, string>> = { 0: 'done', 1: 'failed', 2: 'wrong usage' }

export function commandHelp(spec: CommandSpec): string {
  const codes = { ...EXIT_CODES, ...spec.exitCodes }
  return (
    [
      `Usage: chartcode ${spec.name} ${spec.operands}`.trimEnd(),
      spec.description,
      section('Options', [...spec.options, ...COMMON_OPTIONS].map(optionRow)),
      ...(spec.notes ?? []),
      `Examples:\n${spec.examples.map(example => `  ${example}`).join('\n')}`,
      `Exit codes: ${Object.entries(codes)
        .map(([code, meaning]) => `${code} ${meaning}`)
        .join(', ')}.`,
    ].join('\n\n') + '\n'
  )
}

export interface CommandSummary {
  readonly name: string
  readonly operands: string
  readonly summary: string
}

export function programHelp(commands: readonly CommandSummary[]): string {
  return (
    [
      'Usage: chartcode COMMAND [OPTION…]',
      'Reads clinical notes and proposes ICD-10-CM, CPT and HCPCS codes, each with the words that justify it\nand the reason for everything it did not code. A person decides; nothing is billed by itself.',
      section(
        'Commands',
        commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trimEnd(), summary]),
      ),
      section('Options', [
        ['--help', 'this help; `chartcode COMMAND --help` for one command'],
        ['--version', 'the version of the engine'],
      ]),
      'Data goes to standard output, everything else to standard error. Options may also be set as CHARTCODE_<NAME>\nin the environment or in a config file (CHARTCODE_CONFIG); the command line goes first.',
      'Examples:\n  chartcode detect note.txt\n  chartcode batch exports/ --out results\n  chartcode dictionary install FY2026\n  chartcode demo',
      'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, but some notes failed.',
    ].join('\n\n') + '\n'
  )
}

function optionRow({ name, value, description, configurable }: OptionSpec): [string, string] {
  const variable = configurable === true ? ` [CHARTCODE_${name.toUpperCase().replaceAll('-', '_')}]` : ''
  return [`--${name}${value === undefined ? '' : ` ${value}`}`, `${description}${variable}`]
}

function section(title: string, rows: readonly (readonly [string, string] | readonly string[])[]): string {
  const width = Math.max(...rows.map(([left]) => left?.length ?? 0))
  return `${title}:\n${rows.map(([left, right]) => `  ${(left ?? '').padEnd(width)}  ${right}`).join('\n')}`
}
