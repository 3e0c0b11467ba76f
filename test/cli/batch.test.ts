/** `chartcode batch`: the account of a run, its independence of threads, and taking it up where it was killed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../src/app/batch/run-record.js'
import type { NoteResult } from '../../src/model/result.js'
import {
  DIABETES,
  environment,
  file,
  HYPERTENSION,
  isBuilt,
  ndjson,
  PROGRAM,
  run,
  temporaryDirectory,
} from './run-program.js'

const read = (directory: string, name: string): string => readFileSync(path.join(directory, name), 'utf8')
const recordOf = (directory: string): RunRecord => JSON.parse(read(directory, 'run.json')) as RunRecord
const idsIn = (directory: string): string[] =>
  linesOf(read(directory, 'results.ndjson')).map(line => (JSON.parse(line) as NoteResult).id)
const linesOf = (text: string): string[] => text.split('\n').filter(line => line !== '')

/** Dates of three fiscal years, notes of every length, and every 50th line broken. */
function manyNotes(count: number): string {
  const line = (i: number): string => {
    if (i % 50 === 49) return `{"id": "broken-${i}"`
    const text = `Visit ${i}. ${i % 3 === 0 ? DIABETES : HYPERTENSION.repeat(1 + (i % 7))}`
    return JSON.stringify({ id: `n${i}`, text, dateOfService: `${2024 + (i % 3)}-11-05` })
  }
  return Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')
}

describe.skipIf(!isBuilt)('a batch', () => {
  it('of notes on both sides of 1 October gives each the codes of its year and names the release', () => {
    const text = 'Assessment: 1. Type 2 diabetes mellitus in remission. 2. Right flank pain.'
    const dates = ['2024-09-30', '2024-10-01', '2025-09-30', '2025-10-01']
    const notes = file(
      'dates.ndjson',
      dates.map(date => ndjson({ id: date, text, dateOfService: date })).join(''),
    )
    const out = path.join(temporaryDirectory(), 'out')
    expect(run(['batch', notes, '--out', out]).code).toBe(0)
    const results = linesOf(read(out, 'results.ndjson')).map(line => JSON.parse(line) as NoteResult)
    expect(
      results.map(({ id, dictionaries, candidates, findings }) => [
        id,
        dictionaries.map(({ release }) => release).join(),
        candidates.map(({ code }) => code).join(' '),
        findings.map(({ rule }) => rule).join(),
      ]),
    ).toEqual([
      ['2024-09-30', 'FY2025', 'E11.9 R10.9', 'release-substituted'],
      ['2024-10-01', 'FY2025', 'E11.9 R10.9', ''],
      ['2025-09-30', 'FY2025', 'E11.9 R10.9', ''],
      ['2025-10-01', 'FY2026', 'E11.A R10.A1', ''],
    ])
  })

  it('of files and directories writes results in the order of the input and accounts for every note', () => {
    const directory = temporaryDirectory()
    mkdirSync(path.join(directory, 'ward'))
    writeFileSync(path.join(directory, 'b.txt'), DIABETES)
    writeFileSync(path.join(directory, 'ward', 'a.txt'), 'Nothing to report.')
    writeFileSync(path.join(directory, 'ward', 'empty.txt'), '')
    writeFileSync(path.join(directory, 'ward', 'scan.pdf'), 'no note')
    writeFileSync(path.join(directory, 'c.csv'), `id,text\nrow1,${DIABETES}\n`)
    const lines = file('x.ndjson', `${ndjson({ id: 'n1', text: DIABETES })}{"id": 7}\n`)
    const out = path.join(temporaryDirectory(), 'new', 'results')
    const ran = run(['batch', lines, directory, '--out', out])
    expect(ran.code).toBe(3)
    expect(ran.out).toBe('')
    expect(idsIn(out)).toEqual(['n1', 'b.txt', 'row1', 'ward/a.txt'])
    expect(linesOf(read(out, 'errors.ndjson')).map(line => JSON.parse(line) as unknown)).toMatchObject([
      { source: lines, line: 2, error: { code: 'input-note' } },
      {
        source: path.join(directory, 'ward', 'empty.txt'),
        line: 1,
        id: 'ward/empty.txt',
        error: { code: 'input-empty' },
      },
    ])
    const record = recordOf(out)
    expect(record.counts).toEqual({ read: 6, coded: 3, nothingCodeable: 1, duplicate: 0, failed: 2 })
    expect(record.inputs[0]).toMatchObject({
      path: lines,
      size: statSync(lines).size,
      sha256: createHash('sha256').update(readFileSync(lines)).digest('hex'),
    })
    expect(record).toMatchObject({
      engine: '0.1.0',
      resumed: 0,
      dictionaries: [{ release: 'FY2027', origin: 'lexicon' }],
    })
    expect(record.finished).not.toBeNull()
    expect(existsSync(path.join(out, 'progress.ndjson'))).toBe(false)
  })

  it('gives the same bytes with one thread and with two', () => {
    const input = file('many.ndjson', manyNotes(700))
    const outs = ['1', '2'].map(jobs => {
      const out = temporaryDirectory()
      expect(run(['batch', input, '--out', out, '--jobs', jobs, '--quiet'])).toEqual({
        code: 3,
        out: '',
        err: '',
      })
      return out
    }) as [string, string]
    for (const name of ['results.ndjson', 'errors.ndjson'])
      expect(read(outs[1], name)).toBe(read(outs[0], name))
    expect(recordOf(outs[0]).counts).toMatchObject({ read: 700, failed: 14 })
    expect(recordOf(outs[1]).dictionaries.map(({ release }) => release)).toEqual([
      'FY2025',
      'FY2026',
      'FY2027',
    ])
  })

  it('gives what detect gives', () => {
    const input = file('few.ndjson', manyNotes(40))
    const out = temporaryDirectory()
    run(['batch', input, '--out', out])
    expect(read(out, 'results.ndjson')).toBe(run(['detect', input]).out)
  })

  it('writes CSV where that is asked for', () => {
    const out = temporaryDirectory()
    const input = file('few.ndjson', manyNotes(5))
    expect(run(['batch', input, '--out', out, '--format', 'csv']).code).toBe(0)
    expect(read(out, 'results.csv')).toBe(run(['detect', input, '--format', 'csv']).out)
  })

  it('of a directory that holds the results does not read them', () => {
    const directory = temporaryDirectory()
    writeFileSync(path.join(directory, 'a.txt'), DIABETES)
    const out = path.join(directory, 'results')
    expect(run(['batch', directory, '--out', out]).code).toBe(0)
    expect(run(['batch', directory, '--out', out, '--resume'])).toMatchObject({ code: 0 })
    expect(idsIn(out)).toEqual(['a.txt'])
  })

  it('records a text file over the limit as failed', () => {
    const large = file('large.txt', '')
    truncateSync(large, 33 * 1024 * 1024)
    const out = temporaryDirectory()
    expect(run(['batch', large, '--out', out]).code).toBe(3)
    expect(JSON.parse(read(out, 'errors.ndjson'))).toMatchObject({ id: large, error: { code: 'input-size' } })
  })
})

describe.skipIf(!isBuilt)('a batch that was killed', () => {
  const input = file('many.ndjson', manyNotes(6000))

  it('is resumed where it stood and ends with the bytes of one that was not', async () => {
    const whole = temporaryDirectory()
    run(['batch', input, '--out', whole])
    const out = temporaryDirectory()
    await killMidway(out)
    expect(recordOf(out).finished).toBeNull()
    // As if the machine had stopped in the middle of a line.
    appendFileSync(path.join(out, 'results.ndjson'), '{"id":"half')
    appendFileSync(path.join(out, 'progress.ndjson'), '{"counts":{"re')
    const ran = run(['batch', input, '--out', out, '--resume', '--jobs', '1'])
    expect(ran.code).toBe(3)
    for (const name of ['results.ndjson', 'errors.ndjson']) expect(read(out, name)).toBe(read(whole, name))
    expect(recordOf(out)).toMatchObject({ resumed: 1, counts: recordOf(whole).counts })
    // What was done before was not done again.
    const [, notes = ''] =
      /(\d+) notes, \d+ notes\/s/.exec(ran.err.split('\n').find(line => line.includes(' read = ')) ?? '') ??
      []
    expect(Number(notes)).toBeLessThan(6000)
    expect(Number(notes)).toBeGreaterThan(0)
  })

  async function killMidway(out: string): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, 'batch', input, '--out', out, '--jobs', '2'], {
      env: environment(),
      stdio: 'ignore',
    })
    const ended = new Promise(resolve => child.once('exit', resolve))
    const progress = path.join(out, 'progress.ndjson')
    while (!existsSync(progress) || statSync(progress).size === 0) await pause(5)
    child.kill('SIGKILL')
    await ended
  }
})

describe.skipIf(!isBuilt)('--resume', () => {
  const input = file('few.ndjson', manyNotes(10))
  const finished = temporaryDirectory()
  run(['batch', input, '--out', finished, '--quiet'])

  it('of a run that is complete changes nothing', () => {
    const before = read(finished, 'results.ndjson')
    const ran = run(['batch', input, '--out', finished, '--resume'])
    expect(ran.code).toBe(0)
    expect(ran.err).toMatch(/10 read = .*; the run was complete/)
    expect(read(finished, 'results.ndjson')).toBe(before)
    expect(recordOf(finished).resumed).toBe(0)
  })

  it('in a new directory begins a run', () => {
    const out = temporaryDirectory()
    expect(run(['batch', input, '--out', out, '--resume']).code).toBe(0)
    expect(read(out, 'results.ndjson')).toBe(read(finished, 'results.ndjson'))
  })

  it.each([
    [
      'without it',
      [input],
      /continue it with --resume, or give another directory with --out \[output-exists\]/,
    ],
    ['with other inputs', [file('other.ndjson', manyNotes(3)), '--resume'], /holds a run with other inputs/],
    ['with other options', [input, '--resume', '--min-score', '0.9'], /holds a run with other options/],
    ['with another setting', [input, '--resume', '--setting', 'inpatient'], /holds a run with other options/],
  ])("a directory that holds a run's results is refused %s", (_, words, message) => {
    const before = read(finished, 'results.ndjson')
    const ran = run(['batch', ...words, '--out', finished])
    expect(ran.err).toMatch(message)
    expect(ran.code).toBe(1)
    expect(read(finished, 'results.ndjson')).toBe(before)
  })

  it('results without a run.json are refused', () => {
    const out = temporaryDirectory()
    writeFileSync(path.join(out, 'results.ndjson'), 'precious\n')
    expect(run(['batch', input, '--out', out, '--resume']).err).toMatch(/holds results without a run\.json/)
    expect(read(out, 'results.ndjson')).toBe('precious\n')
  })
})

describe.skipIf(!isBuilt)('two batches into one directory', () => {
  it('the second is refused and names the process that writes', async () => {
    const out = temporaryDirectory()
    const input = file('long.ndjson', manyNotes(4000))
    const first = spawn(process.execPath, [PROGRAM, 'batch', input, '--out', out], {
      env: environment(),
      stdio: 'ignore',
    })
    try {
      while (!existsSync(path.join(out, 'run.json'))) await pause(5)
      const second = run(['batch', input, '--out', out, '--resume'])
      expect(second.code).toBe(1)
      expect(second.err).toContain(`is being written by process ${first.pid} [output-exists]`)
    } finally {
      first.kill('SIGKILL')
    }
  })
})
