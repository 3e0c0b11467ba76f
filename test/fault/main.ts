/**
 * `npm run fault -- R3 R12`: runs the named fault programmes, all of them where none is named.
 * `--list` names them · `--seed N` runs them with that seed (a failure says which) · `--full` takes the sizes
 * of a release · `--skip-missing` lets pass what cannot run here. Ends with 1 where a programme falls short.
 */
import './as-built.js'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { loadProgrammes } from './load-programmes.js'
import type { Programme } from './programme.js'
import { runProgrammes } from './run-programmes.js'

const USAGE = 'usage: npm run fault -- [ID …] [--seed N] [--full] [--list] [--skip-missing]'

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      full: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      'skip-missing': { type: 'boolean', default: false },
    },
  })
  const known = await loadProgrammes(path.join(import.meta.dirname, 'programmes'))
  if (values.list) {
    for (const { id, title } of known) write(`${id.padEnd(3)} ${title}`)
    return 0
  }
  const isGood = await runProgrammes(choose(known, positionals), {
    seed: readSeed(values.seed),
    isFull: values.full,
    skipsMissing: values['skip-missing'],
    report: write,
    tell,
  })
  return isGood ? 0 : 1
}

function choose(known: readonly Programme[], ids: readonly string[]): readonly Programme[] {
  const wanted = ids.map(id => id.toUpperCase())
  const unknown = wanted.filter(id => !known.some(programme => programme.id === id))
  if (unknown.length > 0) throw new RangeError(`no such programme: ${unknown.join(', ')}; --list names them`)
  return wanted.length === 0 ? known : known.filter(({ id }) => wanted.includes(id))
}

/** Another one each time where none is asked for: a schedule that never changes finds nothing new. */
function readSeed(value: string | undefined): number {
  if (value === undefined) return Date.now() % 1_000_000_000
  if (!/^\d{1,10}$/.test(value)) throw new RangeError('--seed is a whole number of at most ten digits')
  return Number(value)
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}

function tell(line: string): void {
  process.stderr.write(`fault: ${line}\n`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Error)) throw error
  tell(`${error.message}\n${USAGE}`)
  process.exitCode = 1
}
