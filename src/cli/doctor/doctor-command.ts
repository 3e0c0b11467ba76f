/** `chartcode doctor`: what runs, on which backend, with which releases, and how to mend what is missing. */
import { diagnose, type Diagnosis } from '../../app/diagnosis.js'
import { findDictionaries } from '../../app/dictionaries.js'
import { createPaint } from '../../export/paint.js'
import { EXIT, type Command } from '../command.js'
import { BACKEND_OPTIONS, backendSettings } from '../work/backend-options.js'
import { wantsJson } from '../codes/open-for-date.js'

export const doctorCommand: Command = {
  spec: {
    name: 'doctor',
    operands: '',
    summary: 'show what runs, with which releases, and how to mend what is missing',
    description:
      'Shows the versions, the data directory, the installed releases and compiled dictionaries, the lexicon and\nthe backends, and for what is missing the command that mends it. Changes nothing.',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        description: 'table or json (default: table on a terminal, else json)',
      },
      ...BACKEND_OPTIONS,
    ],
    examples: ['chartcode doctor', 'chartcode doctor --format json'],
    exitCodes: { 1: 'something is broken' },
  },
  run: async (args, terminal) => {
    const asJson = wantsJson(args, terminal)
    const dictionaries = await findDictionaries({ dataDirectory: args.value('data-dir') })
    const diagnosis = await diagnose(dictionaries, backendSettings(args, dictionaries.dataDirectory))
    terminal.print(
      asJson ? `${JSON.stringify(diagnosis, null, 2)}\n` : diagnosisText(diagnosis, terminal.colour),
    )
    return diagnosis.ok ? EXIT.done : EXIT.failed
  },
}

function diagnosisText(diagnosis: Diagnosis, colour: boolean): string {
  const paint = createPaint(colour)
  const { engine, node, dataDirectory, releases, snapshots, lexicon, backends, advice } = diagnosis
  const row = (name: string, text: string) => `${name.padEnd(11)}  ${text}`
  const lines = [
    row('engine', `chartcode ${engine} on Node.js ${node.version}`),
    row('data', `${dataDirectory.path}${dataDirectory.exists ? '' : ' (not there yet)'}`),
    row(
      'lexicon',
      `${lexicon.rows ?? 'unreadable'}${lexicon.rows === null ? '' : ' rows'}, ${lexicon.hash.slice(0, 12)}`,
    ),
    ...(releases.length === 0 ? [row('release', 'none')] : []),
    ...releases.flatMap(({ release, hash, parts }) => [
      row('release', `${release}, ${hash.slice(0, 12)}`),
      ...parts.map(({ kind, origin, verified, rows }) =>
        row('', `${kind}: ${rows} rows, ${origin}, ${verified ? 'verified' : 'not verified'}`),
      ),
    ]),
    ...snapshots.map(({ file, state, bytes }) =>
      row('snapshot', `${state}: ${file}${bytes === null ? '' : `, ${(bytes / 1e6).toFixed(1)} MB`}`),
    ),
    row('queue', backends.queue),
    row('store', backends.store),
    ...advice.map(({ severity, what, mend }) =>
      paint.warn(row(severity, `${what}\n${' '.repeat(13)}→ ${mend}`)),
    ),
  ]
  return `${lines.join('\n')}\n`
}
