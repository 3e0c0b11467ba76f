#!/usr/bin/env node
/**
 * `npm run accuracy [-- SET… --check --json FILE --html FILE]`: the built command line against the gold sets.
 * Comes in: gold sets and their scorer, which are no part of this project (CHARTCODE_SHARED, or `shared`
 * beside the checkout). Goes out: every figure with its goal, and the release and hash that gave it, for a
 * figure without its dictionary says nothing. Releases are those of CHARTCODE_DATA_DIR.
 * `--html` writes a page for people: figures with intervals, by chapter and section, the commonest errors with their
 * causes, and how far scores keep their word; it holds codes and counts and no note text.
 * `--check` is exit 1 where a goal is missed or a set could not be run. Without the gold sets: says so, exit 0.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { assertionClasses } from './assertion-classes.mjs'
import { detectNotes } from './detect-notes.mjs'
import { countErrors } from './report/count-errors.mjs'
import { reportPage } from './report/page.mjs'
import { heldReliability } from './score-rows.mjs'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const SHARED = process.env.CHARTCODE_SHARED || path.resolve(ROOT, '..', 'shared')
const SCORER = path.join(SHARED, 'scripts', 'score.mjs')
const CLI = path.join(ROOT, 'dist', 'cli', 'main.js')

const DETECT = ['detect', '--explain', '--format', 'ndjson', '-']
const ASSERT = ['assert', '-']
const REDACT = ['redact', '--mode', 'tag', '--format', 'ndjson', '-']
/** Gold file without its ending; the command that answers it; how the scorer is to read the answers. */
const SETS = [
  { name: 'codiesp-dev', command: DETECT, scores: ['codes'] },
  { name: 'aci-icd10cm-dev', command: DETECT, scores: ['codes'] },
  { name: 'coder-notes-dev', command: DETECT, scores: ['coder-notes', 'mentions'] },
  { name: 'guideline-dev', command: DETECT, scores: ['guideline'] },
  { name: 'ncbi-disease-dev', command: DETECT, scores: ['mentions'] },
  { name: 'negex-dev', command: ASSERT, scores: ['assert'] },
  { name: 'assertion-notes-dev', command: ASSERT, scores: ['assertion-notes'] },
  { name: 'e3c-assertion-dev', command: ASSERT, scores: ['e3c'] },
  { name: 'phi-queries-dev', command: REDACT, scores: ['phi'] },
]
/** `set figure` → the least that is good enough: an F1, or the share itself where the figure is one. */
const GOALS = {
  'codiesp-dev fullCodeEveryMention': 0.54,
  'codiesp-dev categoryEveryMention': 0.66,
  'aci-icd10cm-dev fullCode': 0.55,
  'aci-icd10cm-dev category': 0.66,
  'guideline-dev passRate': 0.9,
  'coder-notes-dev requiredRecall': 0.82,
  'coder-notes-dev precision': 0.62,
  'coder-notes-dev categoryPrecision': 0.72,
  'coder-notes-dev mentionRecall': 0.85,
  'coder-notes-dev codeAccuracyOnFound': 0.85,
  'coder-notes-dev assertionAccuracyOnFound': 0.95,
  'negex-dev negated': 0.975,
  'negex-dev historical': 0.68,
  'negex-dev hypothetical': 0.65,
  'assertion-notes-dev negated': 0.93,
  'assertion-notes-dev historical': 0.75,
  'e3c-assertion-dev negated': 0.9,
  'e3c-assertion-dev hedgedOrHypothetical': 0.65,
}
/** What is asked of the scores of held back notes. */
const LEAST_RIGHT = 0.88
const MOST_ERROR = 0.05
/** Ways of scoring that compare codes. */
const CODED = ['codes', 'coder-notes', 'guideline']
/** The gold sets are of codes in force in this year. */
const WANTED_RELEASE = 'FY2026'

process.exitCode = await main()

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, json: { type: 'string' }, html: { type: 'string' } },
  })
  const unknown = positionals.find(name => !SETS.some(set => set.name === name))
  if (unknown !== undefined)
    return complain(`${unknown}: no such set; ${SETS.map(set => set.name).join(', ')}`, 2)
  if (!existsSync(SCORER)) {
    console.log(`accuracy: skipped, no gold sets at ${SHARED} (name their folder with CHARTCODE_SHARED)`)
    return 0
  }
  if (!existsSync(CLI)) return complain('dist/cli/main.js is missing: npm run build', 1)
  warnOfMissingRelease()
  const wanted = SETS.filter(set => positionals.length === 0 || positionals.includes(set.name))
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-accuracy-'))
  try {
    const outcomes = wanted.map(set => runSet(set, directory))
    const isWhole = positionals.length === 0 || values.html !== undefined
    const reliability = isWhole ? heldReliability(SHARED, detectNotes) : undefined
    const code = report(outcomes, reliability, values)
    if (values.html !== undefined) await writePage(outcomes, reliability, values.html)
    return code
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function complain(message, code) {
  console.error(`accuracy: ${message}`)
  return code
}

function warnOfMissingRelease() {
  const listed = node([CLI, 'dictionary', 'list', '--format', 'json'])
  const releases = listed.status === 0 ? JSON.parse(listed.stdout).releases : []
  const hasOrder = ({ release, parts }) =>
    release === WANTED_RELEASE && parts.some(part => part.kind === 'order')
  if (!releases.some(hasOrder))
    console.error(`accuracy: warning: ${WANTED_RELEASE} is not installed; figures are of other dictionaries`)
}

/** Inputs, answers, scores of one set; `state` says why there are none. */
function runSet(set, directory) {
  const gold = path.join(SHARED, 'gold', `${set.name}.jsonl`)
  if (!existsSync(gold)) return { set, state: 'no gold file' }
  if (!hasCommand(set.command[0])) return { set, state: 'not built' }
  const inputs = path.join(directory, `${set.name}.in`)
  const answers = path.join(directory, `${set.name}.out`)
  const made = node([SCORER, 'inputs', set.scores[0], gold], { stdout: inputs })
  if (made.status !== 0) return failed(set, made)
  const started = performance.now()
  const answered = node([CLI, ...set.command], { stdin: inputs, stdout: answers })
  const seconds = (performance.now() - started) / 1000
  if (answered.status !== 0) return failed(set, answered)
  const figures = {}
  for (const kind of set.scores) {
    const scored = node([SCORER, kind, gold, answers, '--json'])
    if (scored.status !== 0) return failed(set, scored)
    for (const [name, value] of Object.entries(JSON.parse(scored.stdout))) figures[name] ??= value
  }
  if (set.scores.includes('coder-notes')) Object.assign(figures, assertionClasses(gold, answers))
  return { set, state: 'done', figures, seconds, dictionaries: dictionariesOf(answers), gold, answers }
}

/** Commands of later versions answer `--help` with an error. */
function hasCommand(name) {
  return node([CLI, name, '--help']).status === 0
}

function failed(set, { status, stderr }) {
  for (const line of stderr.trim().split('\n').slice(-3)) console.error(`${set.name}: ${line}`)
  return { set, state: `failed, exit ${status}` }
}

/** Runs node with files or pipes as its streams. */
function node(args, { stdin, stdout } = {}) {
  const files = [
    stdin === undefined ? null : openSync(stdin, 'r'),
    stdout === undefined ? null : openSync(stdout, 'w'),
  ]
  const stdio = [files[0] ?? 'ignore', files[1] ?? 'pipe', 'pipe']
  const run = spawnSync(process.execPath, args, { stdio, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  for (const file of files) if (file !== null) closeSync(file)
  return run
}

/** Every dictionary that the results name, each once. */
function dictionariesOf(answers) {
  const seen = new Set()
  for (const line of readFileSync(answers, 'utf8').split('\n').filter(Boolean))
    for (const { system, release, origin, hash } of JSON.parse(line).dictionaries ?? [])
      seen.add(`${system} ${release} (${origin}) ${hash}`)
  return [...seen].sort()
}

function report(outcomes, reliability, { check, json }) {
  const rows = [...outcomes.flatMap(rowsOf), ...calibrationRows(reliability)]
  printTable(rows)
  const dictionaries = [...new Set(outcomes.flatMap(outcome => outcome.dictionaries ?? []))]
  console.log(`\ndictionaries: ${dictionaries.join('\n              ') || 'none'}`)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(asJson(outcomes, dictionaries), null, 2)}\n`)
  const missed = rows.filter(row => row.verdict === 'MISSED')
  const hasGoal = ({ name }) => Object.keys(GOALS).some(goal => goal.startsWith(`${name} `))
  const broken = outcomes.filter(
    ({ set, state }) => state !== 'done' && (state !== 'not built' || hasGoal(set)),
  )
  console.log(`goals: ${rows.filter(row => row.verdict === 'met').length} met, ${missed.length} missed`)
  if (broken.length > 0)
    console.log(`not run: ${broken.map(({ set, state }) => `${set.name} (${state})`).join(', ')}`)
  return check && missed.length + broken.length > 0 ? 1 : 0
}

function rowsOf({ set, state, figures, seconds }) {
  if (state !== 'done') return [{ set: set.name, figure: state }]
  const rows = Object.entries(figures)
    .filter(([name]) => name !== 'set' && name !== 'byType')
    .map(([figure, value]) => rowOf(set.name, figure, value))
  return [...rows, { set: set.name, figure: 'seconds', value: seconds.toFixed(1) }]
}

function rowOf(set, figure, value) {
  if (typeof value !== 'object') return { set, figure, value: shown(value), ...verdict(set, figure, value) }
  const { precision, recall, f1 } = value
  return {
    set,
    figure,
    counts: value.tp === undefined ? undefined : value,
    precision: shown(precision),
    recall: shown(recall),
    value: shown(f1),
    ...verdict(set, figure, f1),
  }
}

function verdict(set, figure, reached) {
  const goal = GOALS[`${set} ${figure}`]
  return goal === undefined ? {} : { goal: goal.toFixed(2), verdict: reached >= goal ? 'met' : 'MISSED' }
}

/** Shares with three digits, counts as they are. */
function shown(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}

function printTable(rows) {
  const columns = {
    set: 'set',
    figure: 'figure',
    precision: 'precision',
    recall: 'recall',
    value: 'F1/value',
    goal: 'goal',
    verdict: '',
  }
  const lines = [columns, ...rows]
  const widths = Object.keys(columns).map(key => Math.max(...lines.map(line => (line[key] ?? '').length)))
  for (const line of lines) {
    const cells = Object.keys(columns).map((key, at) => {
      const text = line[key] ?? ''
      return at < 2 || key === 'verdict' ? text.padEnd(widths[at]) : text.padStart(widths[at])
    })
    console.log(cells.join('  ').trimEnd())
  }
}

/** Of the training notes that were held back: how often what scores high is right, and how far scores are off. */
function calibrationRows(reliability) {
  if (reliability === undefined) return []
  const { share, error } = reliability
  const row = (figure, value, goal, isMet) => ({
    set: 'held back',
    figure,
    value: shown(value),
    goal: goal.toFixed(2),
    verdict: isMet ? 'met' : 'MISSED',
  })
  return [
    row('right of those scored .9 and more', share, LEAST_RIGHT, share >= LEAST_RIGHT),
    row('expected calibration error', error, MOST_ERROR, error <= MOST_ERROR),
  ]
}

async function writePage(outcomes, reliability, file) {
  const { chapterOf } = await tsImport('../src/app/chapters.ts', import.meta.url)
  const chapterName = code => {
    const chapter = chapterOf(code)
    return chapter === undefined ? 'unknown' : `${chapter.number} ${chapter.name}`
  }
  const displays = new Map()
  const sets = outcomes
    .filter(({ set, state }) => state === 'done' && CODED.includes(set.scores[0]))
    .map(({ set, gold, answers }) => {
      const results = readLines(answers)
      for (const { candidates } of results)
        for (const { code, display } of candidates) displays.set(code, display)
      return { name: set.name, counted: countErrors(readLines(gold), results, chapterName) }
    })
  const page = reportPage({
    title: 'chartcode: accuracy on gold notes',
    dictionaries: [...new Set(outcomes.flatMap(outcome => outcome.dictionaries ?? []))],
    figures: [...outcomes.flatMap(rowsOf), ...calibrationRows(reliability)],
    sets,
    reliability,
    displayOf: code => displays.get(code) ?? '',
  })
  writeFileSync(file, page)
  console.log(`page: ${file}`)
}

function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

function asJson(outcomes, dictionaries) {
  const sets = Object.fromEntries(
    outcomes.map(({ set, state, figures, seconds }) => [set.name, { state, seconds, figures }]),
  )
  return { node: process.version, dictionaries, goals: GOALS, sets }
}
