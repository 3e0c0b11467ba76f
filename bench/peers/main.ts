/**
 * `npm run bench:peers`: our assertions beside those of medspaCy (ConText, its default rules on a blank English
 * pipeline) and negspacy, on the same rows, with the time for a note. The two are installed from PyPI into
 * an environment of their own below node_modules; without Python, pip or the gold sets it says so and ends with 0.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { PACKAGE_ROOT } from '../../src/app/package-root.js'
import { assertSpan } from '../../src/context/assert-span.js'
import type { Assertion } from '../../src/model/assertion.js'
import { openEngine } from '../own-engine.js'
import { prepare } from '../prepare.js'
import { alignColumns } from '../report.js'
import { CLASSES, readPeerRows, type Class, type Marks, type PeerRow } from './rows.js'

const GOLD = path.join(process.env.CHARTCODE_SHARED ?? path.join(PACKAGE_ROOT, '..', 'shared'), 'gold')
const ENVIRONMENT = path.join(PACKAGE_ROOT, 'node_modules', '.cache', 'chartcode-peers')
const PEERS = ['medspacy', 'negspacy'] as const
/** Our passes over the rows, after as many to warm up. */
const PASSES = 5
/** The rows of all sets together. */
const ALL = 'all'

interface Answers {
  /** One a row, one a span. */
  readonly marks: readonly (readonly Marks[])[]
  /** Seconds a row. */
  readonly seconds: readonly number[]
}

async function main(): Promise<number> {
  if (!existsSync(GOLD)) return skip(`no gold sets at ${GOLD}`)
  const python = makeEnvironment()
  if (python === undefined)
    return skip('Python 3 with venv, pip and PyPI is needed for medspaCy and negspacy')
  const rows = readPeerRows(GOLD)
  const { snapshot, dictionary } = await prepare(10_000)
  const ours = askOurselves(snapshot, rows)
  const peers = PEERS.map(peer => askPeer(python, peer, rows))
  process.stdout.write(`dictionary  ${dictionary.release}, ${dictionary.hash.slice(0, 16)}\n\n`)
  process.stdout.write(`${tableOf(rows, ours, peers)}\n\n${timesOf(rows, ours, peers)}\n`)
  return 0
}

function skip(why: string): number {
  process.stdout.write(`bench:peers: skipped, ${why}\n`)
  return 0
}

/** The environment's Python, or undefined where it cannot be made. */
function makeEnvironment(): string | undefined {
  const python = path.join(ENVIRONMENT, 'bin', 'python')
  if (isReady(python)) return python
  mkdirSync(path.dirname(ENVIRONMENT), { recursive: true })
  process.stderr.write('bench:peers: installing medspaCy and negspacy (about a minute)\n')
  if (spawnSync('python3', ['-m', 'venv', ENVIRONMENT]).status !== 0) return undefined
  const requirements = path.join(import.meta.dirname, 'requirements.txt')
  const install = spawnSync(python, ['-m', 'pip', 'install', '-q', '-r', requirements], { encoding: 'utf8' })
  if (install.status !== 0) process.stderr.write(install.stderr.slice(-600))
  return isReady(python) ? python : undefined
}

function isReady(python: string): boolean {
  return existsSync(python) && spawnSync(python, ['-c', 'import medspacy, negspacy']).status === 0
}

function askOurselves(snapshot: string, rows: readonly PeerRow[]): Answers {
  const engine = openEngine(snapshot)
  const answer = ({ text, spans }: PeerRow): Assertion[] => {
    const document = engine.read(text)
    const scopes = engine.findScopes(document)
    return spans.map(([start, end]) => assertSpan(document, scopes, { start, end }))
  }
  for (let pass = 0; pass < PASSES; pass++) rows.forEach(answer)
  const seconds = rows.map(row => {
    const began = performance.now()
    for (let pass = 0; pass < PASSES; pass++) answer(row)
    return (performance.now() - began) / PASSES / 1000
  })
  return { marks: rows.map(row => answer(row).map(marksOf)), seconds }
}

function marksOf({ presence, certainty, temporality, experiencer }: Assertion): Marks {
  return {
    negated: presence === 'absent',
    historical: temporality === 'historical',
    hypothetical: certainty === 'hypothetical' || temporality === 'hypothetical',
    unsure: certainty !== 'confirmed' || temporality === 'hypothetical',
    notPatient: experiencer !== 'patient',
  }
}

type PeerMarks = Record<'negated' | 'historical' | 'hypothetical' | 'uncertain' | 'family', boolean>

function askPeer(python: string, peer: string, rows: readonly PeerRow[]): Answers {
  const input = rows
    .map(({ text, spans }) => JSON.stringify({ text, spans: spans.map(span => inCodePoints(text, span)) }))
    .join('\n')
  const program = path.join(import.meta.dirname, 'peer.py')
  const run = spawnSync(python, [program, peer], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(`${peer}: ${run.stderr.slice(-600)}`)
  const answers = run.stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { marks: PeerMarks[]; seconds: number })
  return {
    marks: answers.map(({ marks }) =>
      marks.map(({ negated, historical, hypothetical, uncertain, family }) => ({
        negated,
        historical,
        hypothetical,
        unsure: hypothetical || uncertain,
        notPatient: family,
      })),
    ),
    seconds: answers.map(({ seconds }) => seconds),
  }
}

/** Python counts code points. */
function inCodePoints(text: string, [start, end]: readonly [number, number]): [number, number] {
  const count = (until: number): number => Array.from(text.slice(0, until)).length
  return [count(start), count(end)]
}

function tableOf(rows: readonly PeerRow[], ours: Answers, peers: readonly Answers[]): string {
  const lines = [['set', 'class', 'gold', 'chartcode F1', ...PEERS.map(peer => `${peer} F1`)]]
  for (const set of [...new Set(rows.map(row => row.set)), ALL])
    for (const name of CLASSES) {
      const [own, ...others] = [ours, ...peers].map(answers => score(rows, answers, set, name))
      if (own === undefined || own.gold === 0) continue
      lines.push([set, name, String(own.gold), ...[own, ...others].map(shown)])
    }
  return alignColumns(lines)
}

/** A class that an engine never says is none that it has. */
function shown({ f1, said }: Score): string {
  return said === 0 ? '–' : f1.toFixed(3)
}

interface Score {
  readonly f1: number
  readonly gold: number
  readonly said: number
}

function score(rows: readonly PeerRow[], { marks }: Answers, set: string, name: Class): Score {
  let right = 0
  let said = 0
  let gold = 0
  rows.forEach((row, i) => {
    if (row.set !== set && set !== ALL) return
    row.gold.forEach((expected, j) => {
      if (expected[name] === undefined) return
      const isSaid = marks[i]?.[j]?.[name] === true
      if (expected[name]) gold++
      if (isSaid) said++
      if (isSaid && expected[name]) right++
    })
  })
  return { f1: said + gold === 0 ? 0 : (2 * right) / (said + gold), gold, said }
}

/** Whole notes alone: a sentence is no measure of a note. */
function timesOf(rows: readonly PeerRow[], ours: Answers, peers: readonly Answers[]): string {
  const isNote = (i: number): boolean => rows[i]?.set !== 'NegEx kit'
  const mean = ({ seconds }: Answers): number => {
    const notes = seconds.filter((_, i) => isNote(i))
    return notes.reduce((sum, each) => sum + each, 0) / notes.length
  }
  const own = mean(ours)
  const lines = [
    ['time a note', 'ms', 'times ours'],
    ['chartcode', (own * 1000).toFixed(3), '1'],
  ]
  peers.forEach((answers, i) => {
    const theirs = mean(answers)
    lines.push([PEERS[i] as string, (theirs * 1000).toFixed(2), (theirs / own).toFixed(0)])
  })
  return alignColumns(lines)
}

process.exitCode = await main()
