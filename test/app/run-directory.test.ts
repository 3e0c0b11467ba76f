/** The directory of a run after every kind of interruption: taken up at the last chunk that is whole. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Merged } from '../../src/app/batch/merge-outcome.js'
import { openRunDirectory, type RunDirectory } from '../../src/app/batch/run-directory.js'
import { runFiles, type RunFiles } from '../../src/app/batch/run-files.js'

const used = [{ system: 'icd10cm', release: 'FY2026', origin: 'lexicon', hash: 'h' }] as const

/** Chunk i: two notes, one of them failed. */
const merged = (i: number): Merged => ({
  results: Buffer.from(`result ${i}\n`),
  errors: Buffer.from(`error ${i}\n`),
  duplicates: Buffer.from(''),
  seen: Buffer.from(`seen${i}`),
  counts: { read: 2, coded: 1, nothingCodeable: 0, duplicate: 0, failed: 1 },
  failures: { 'input-line': 1 },
  used,
})

const NEVER = 1e9

interface Opened {
  readonly directory: string
  readonly isResumed: boolean
  readonly durableEvery?: number
}

const open = ({ directory, isResumed, durableEvery = NEVER }: Opened): RunDirectory =>
  openRunDirectory({ directory, format: 'ndjson', isResumed, begin: 'begin\n', durableEvery })

/** Two chunks of three are written, and the process is gone. */
function interrupted(durableEvery?: number): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-run-'))
  const run = open({ directory, isResumed: false, ...(durableEvery === undefined ? {} : { durableEvery }) })
  for (let i = 0; i < 2; i++) run.append(merged(i), 2)
  return directory
}

const WHOLE = 'begin\nresult 0\nresult 1\nresult 2\n'

function resume(directory: string): { units: number; results: string; errors: string } {
  const run = open({ directory, isResumed: true })
  const { units } = run.progress()
  for (let i = units / 2; i < 3; i++) run.append(merged(i), 2)
  expect(run.progress()).toMatchObject({
    counts: { read: 6, coded: 3, failed: 3 },
    failures: { 'input-line': 3 },
    used,
  })
  run.close()
  const files = runFiles(directory, 'ndjson')
  return { units, results: readFileSync(files.results, 'utf8'), errors: readFileSync(files.errors, 'utf8') }
}

type Damage = readonly [string, (files: RunFiles) => void]

describe('a run is taken up', () => {
  const cases: readonly (readonly [...Damage, number])[] = [
    ['where it stood', () => undefined, 4],
    ['behind a half-written result', ({ results }) => appendFileSync(results, 'resu'), 4],
    [
      'behind a result whose error was not written',
      ({ results }) => appendFileSync(results, 'result 2\n'),
      4,
    ],
    ['behind a half-written line of progress', ({ progress }) => appendFileSync(progress, '{"counts"'), 4],
    [
      'a chunk earlier where results were lost',
      ({ results }) => truncateSync(results, 'begin\nresult 0\nres'.length),
      2,
    ],
    ['a chunk earlier where errors were lost', ({ errors }) => truncateSync(errors, 'error 0\n'.length), 2],
    ['a chunk earlier where keys of notes were lost', ({ seen }) => truncateSync(seen, 'seen0se'.length), 2],
    ['at the beginning where the progress was lost', ({ progress }) => rmSync(progress), 0],
    ['at the beginning where all results were lost', ({ results }) => truncateSync(results, 0), 0],
  ]
  it.each(cases)('%s', (_, damage, units) => {
    const directory = interrupted()
    damage(runFiles(directory, 'ndjson'))
    expect(resume(directory)).toEqual({ units, results: WHOLE, errors: 'error 0\nerror 1\nerror 2\n' })
  })

  it('at the beginning where nothing was done', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-run-'))
    open({ directory, isResumed: false }).close()
    expect(resume(directory)).toMatchObject({ units: 0, results: WHOLE })
  })
})

describe('a run of which the disk has everything is refused', () => {
  const cases: readonly Damage[] = [
    ['where results were cut', ({ results }) => truncateSync(results, 'begin\nresult 0\nres'.length)],
    ['where a result was changed', ({ results }) => writeFileSync(results, 'begin\nresult 0\nresult 7\n')],
    ['where errors are missing', ({ errors }) => rmSync(errors)],
    ['where keys of notes were changed', ({ seen }) => writeFileSync(seen, 'seen0seen2')],
  ]
  it.each(cases)('%s', (_, damage) => {
    const directory = interrupted(0)
    damage(runFiles(directory, 'ndjson'))
    expect(() => resume(directory)).toThrow(/not those that the run wrote/)
  })
})
