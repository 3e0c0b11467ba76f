/**
 * R11: a batch is killed at random points of its work and at every step of writing, and resumed: the same bytes
 * as if it had lived, and hardly a note coded twice. What somebody changed in between is refused.
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runBatch } from '../../../src/app/batch/run-batch.js'
import { NOTE_LIMITS } from '../../../src/app/coding/worker-pool.js'
import { findDictionaries } from '../../../src/app/dictionaries.js'
import { ChartcodeError } from '../../../src/model/errors.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import { batchUnderFire, whatItWrote, type BatchUnderFire } from '../batch-under-fire.js'
import { bundleEntries } from '../bundle-entries.js'
import { inventNotes } from '../invented-notes.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import type { Random } from '../random.js'

const KILLS = 30
/** So many kills a run, each after the one before it was resumed. */
const KILLS_A_RUN = 10
/** The goal: what is in work when it dies. */
const CODED_TWICE = 8

/** Each step of a batch, the second time that it is reached where there is one. */
const STEPS = [
  'record-begun',
  'results-written:3',
  'errors-written:2',
  'duplicates-written:2',
  'seen-written:2',
  'progress-written:2',
  'closed',
  'record-finished',
  'cleared',
]

export const programme: Programme = {
  id: 'R11',
  title: 'a batch that is killed and resumed: the same bytes, and hardly a note twice',
  run: async context => {
    const names = ['crashing-batch', 'counting-thread']
    const entries = await bundleEntries(context.directory, names)
    const trials = createTrials(context, path.join(entries, 'crashing-batch.js'))
    const large = writeInput(context, 'large', context.isFull ? 20_000 : 3_000)
    const small = writeInput(context, 'small', 600)
    const random = await killAtRandom(context, trials, large)
    const steps = await killAtSteps(trials, small)
    return { figures: [...random, ...steps, ...(await tamper(trials, small))] }
  },
}

interface Input {
  readonly file: string
  readonly notes: number
}

/** Every fiftieth line is no note, and every fortieth note came before. */
function writeInput({ directory, random }: ProgrammeContext, name: string, count: number): Input {
  const notes = inventNotes(count, random)
  const lines = notes.map((note, i) => {
    if (i % 50 === 49) return 'no note\n'
    return `${JSON.stringify(i % 40 === 39 ? notes[i - 7] : note)}\n`
  })
  const file = path.join(directory, `${name}.ndjson`)
  writeFileSync(file, lines.join(''))
  return { file, notes: lines.filter(line => line.startsWith('{')).length }
}

type Trials = (name: string, input: Input) => BatchUnderFire

function createTrials({ directory }: ProgrammeContext, entry: string): Trials {
  const env = { PATH: process.env['PATH'] ?? '', CHARTCODE_DATA_DIR: path.join(directory, 'data') }
  return (name, { file }) => {
    const own = path.join(directory, name)
    mkdirSync(own)
    return batchUnderFire({ entry, directory: own, input: file, env })
  }
}

async function killAtRandom(
  { random, tell }: ProgrammeContext,
  trials: Trials,
  input: Input,
): Promise<readonly Figure[]> {
  const whole = trials('whole', input)
  await whole.run()
  const expected = whatItWrote(whole.out)
  let [kills, worst, different, again] = [0, 0, 0, 0]
  for (let number = 0; kills < KILLS && number < KILLS; number++) {
    const batch = trials(`killed-${number}`, input)
    let isOver = false
    const points = killPoints(random, Math.min(KILLS_A_RUN, KILLS - kills), input.notes)
    for (let at = 0, before = 0; !isOver; at++) {
      const already = batch.begun()
      const { signal } = await batch.run({
        // Of this process's own work: what it does again is not counted as progress.
        until: () => at < points.length && batch.begun() - already >= (points[at] as number) - before,
      })
      before = Math.min(points[at] ?? input.notes, input.notes)
      isOver = signal === null
      if (!isOver) kills++
    }
    const twice = batch.begun() - input.notes
    again += twice
    worst = Math.max(worst, twice / Math.max(1, points.length))
    if (whatItWrote(batch.out) !== expected) different++
  }
  tell(`${kills} kills, ${again} notes coded again, ${(again / kills).toFixed(1)} a kill`)
  return [
    figureEqual('begun without a kill', whole.begun(), input.notes),
    figureEqual('kills', kills, KILLS),
    figureEqual('runs with other bytes', different, 0),
    figureAtMost('notes coded again a kill (mean of the worst run)', worst, CODED_TWICE),
  ]
}

function killPoints(random: Random, count: number, notes: number): number[] {
  return Array.from({ length: count }, () => random.between(1, notes - 1)).sort((one, other) => one - other)
}

async function killAtSteps(trials: Trials, input: Input): Promise<readonly Figure[]> {
  const whole = trials('whole-small', input)
  await whole.run()
  const expected = whatItWrote(whole.out)
  let [died, different, worst] = [0, 0, 0]
  for (const step of STEPS) {
    const batch = trials(`step-${step.replace(':', '-')}`, input)
    const { signal } = await batch.run({ crashAt: step })
    if (signal === 'SIGKILL') died++
    await batch.run()
    if (whatItWrote(batch.out) !== expected) different++
    worst = Math.max(worst, batch.begun() - input.notes)
  }
  return [
    figureEqual('steps at which it died', died, STEPS.length),
    figureEqual('with other bytes', different, 0),
    figureAtMost('notes coded again', worst, CODED_TWICE),
  ]
}

const FILES = ['results.ndjson', 'errors.ndjson', 'duplicates.ndjson']

const CHANGES: readonly ((file: string) => void)[] = [
  file => {
    const bytes = readFileSync(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    writeFileSync(file, bytes)
  },
  file => {
    truncateSync(file, readFileSync(file).length - 1)
  },
]

/** A run that is over, and one whose every byte is on the disk and that died before it could say so. */
async function tamper(trials: Trials, input: Input): Promise<readonly Figure[]> {
  const finished = trials('finished', input)
  await finished.run()
  const interrupted = trials('interrupted', input)
  await interrupted.run({ crashAt: 'closed' })
  let [tried, refused] = [0, 0]
  for (const { out } of [finished, interrupted])
    for (const name of FILES)
      for (const change of [...CHANGES, ...(out === finished.out ? [appendLine] : [])]) {
        const copy = `${out}-${tried++}`
        cpSync(out, copy, { recursive: true })
        change(path.join(copy, name))
        if ((await codeOfResume(input, copy)) === 'output-damaged') refused++
      }
  return [figureEqual('changed outputs refused', refused, tried)]
}

/** What lies behind the end of an interrupted run is cut off; a finished one has no end but its own. */
function appendLine(file: string): void {
  appendFileSync(file, '{}\n')
}

async function codeOfResume(input: Input, out: string): Promise<string> {
  const dataDirectory = path.join(path.dirname(input.file), 'data')
  return runBatch({
    paths: [input.file],
    out,
    resume: true,
    jobs: 1,
    format: 'ndjson',
    task: { options: DEFAULT_OPTIONS },
    dictionaries: await findDictionaries({ dataDirectory }),
    limits: NOTE_LIMITS,
    workerFile: '',
  }).then(
    () => 'none',
    (error: unknown) => (error instanceof ChartcodeError ? error.code : 'error'),
  )
}
