/** The directory of a run after every kind of interruption: taken up at the last chunk that is whole. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ChunkOutcome } from '../../src/app/batch/chunk.js'
import { openRunDirectory, runFiles, type RunDirectory } from '../../src/app/batch/run-directory.js'

const used = [{ system: 'icd10cm', release: 'FY2026', origin: 'lexicon', hash: 'h' }] as const

/** Chunk i: two notes, one of them failed. */
const outcome = (i: number): ChunkOutcome => ({
  results: Buffer.from(`result ${i}\n`),
  errors: Buffer.from(`error ${i}\n`),
  counts: { read: 2, coded: 1, nothingCodeable: 0, duplicate: 0, failed: 1 },
  used,
})

const begin = (directory: string, isResumed: boolean): RunDirectory =>
  openRunDirectory({ directory, format: 'ndjson', isResumed, begin: 'begin\n' })

function interrupted(chunks: number): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-run-'))
  const run = begin(directory, false)
  for (let i = 0; i < chunks; i++) run.append(outcome(i))
  run.close(false)
  return directory
}

const WHOLE = 'begin\nresult 0\nresult 1\nresult 2\n'

function resume(directory: string): { read: number; results: string; errors: string } {
  const run = begin(directory, true)
  const { read } = run.progress().counts
  for (let i = read / 2; i < 3; i++) run.append(outcome(i))
  expect(run.progress()).toMatchObject({ counts: { read: 6, coded: 3, failed: 3 }, used })
  run.close(true)
  const files = runFiles(directory, 'ndjson')
  expect(existsSync(files.progress)).toBe(false)
  return { read, results: readFileSync(files.results, 'utf8'), errors: readFileSync(files.errors, 'utf8') }
}

describe('a run is taken up', () => {
  const cases: readonly (readonly [string, (files: ReturnType<typeof runFiles>) => void, number])[] = [
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
    ['at the beginning where the progress was lost', ({ progress }) => rmSync(progress), 0],
    ['at the beginning where all results were lost', ({ results }) => truncateSync(results, 0), 0],
  ]
  it.each(cases)('%s', (_, damage, read) => {
    const directory = interrupted(2)
    damage(runFiles(directory, 'ndjson'))
    expect(resume(directory)).toEqual({ read, results: WHOLE, errors: 'error 0\nerror 1\nerror 2\n' })
  })

  it('at the beginning where nothing was done', () => {
    expect(resume(interrupted(0))).toMatchObject({ read: 0, results: WHOLE })
  })
})
