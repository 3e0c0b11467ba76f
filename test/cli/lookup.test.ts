/** The commands that look up and show: code, search, doctor, dictionary, demo, help. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/app/diagnosis.js'
import { COMMANDS, PLANNED_COMMANDS } from '../../src/cli/commands.js'
import { isBuilt, run, temporaryDirectory } from './run-program.js'

describe.skipIf(!isBuilt)('code', () => {
  it.each(['E11.9', 'e119', ' E11.9 '])('shows %j with its place and the words of the lexicon', code => {
    const page = JSON.parse(run(['code', code, '--format', 'json']).out) as {
      code: string
      billable: boolean
      lexicon: string[]
    }
    expect(page).toMatchObject({ system: 'icd10cm', code: 'E11.9', billable: true, release: 'FY2027' })
    expect(page.lexicon.length).toBeGreaterThan(1)
  })

  it('takes the code set of the date', () => {
    expect(JSON.parse(run(['code', 'I10', '--date', '2025-03-01']).out)).toMatchObject({ release: 'FY2025' })
  })

  it('shows a table', () => {
    expect(run(['code', 'I10', '--format', 'table']).out).toMatch(
      /^I10 {2}\S.*\n {2}billable · FY2027\n {2}lexicon: /,
    )
  })

  it('names the nearest code above one that does not exist', () => {
    const { code, err } = run(['code', 'I10.99'])
    expect(code).toBe(1)
    expect(err).toMatch(/I10\.99 does not exist in FY2027; the nearest code above it is I10 \[code-unknown\]/)
  })
})

describe.skipIf(!isBuilt)('search', () => {
  it('finds a code by words of the title or of the lexicon, in any order and number', () => {
    const codes = (words: string[]): string[] =>
      (JSON.parse(run(['search', ...words]).out) as { code: string }[]).map(({ code }) => code)
    expect(codes(['hypertension'])[0]).toBe('I10')
    expect(codes(['high blood pressure'])).toContain('I10')
    expect(codes(['pressures', 'high', 'blood'])).toContain('I10')
  })

  it('puts the code first that has the fewest other words, and keeps to --limit', () => {
    const hits = JSON.parse(run(['search', 'pneumonia', '--limit', '3']).out) as {
      code: string
      display: string
    }[]
    expect(hits).toHaveLength(3)
    expect(hits[0]?.display.toLowerCase()).toMatch(/^pneumonia/)
  })

  it('ends with exit 1 where nothing is found', () => {
    expect(run(['search', 'zzyzx'])).toMatchObject({ code: 1, out: '[]\n' })
  })
})

describe.skipIf(!isBuilt)('doctor', () => {
  it('says what runs, with which dictionaries, and how to mend what is missing', () => {
    const { code, out } = run(['doctor', '--format', 'json'])
    const diagnosis = JSON.parse(out) as Diagnosis
    expect(code).toBe(0)
    expect(diagnosis).toMatchObject({
      ok: true,
      engine: '0.1.0',
      releases: [],
      backends: { store: 'embedded, not used yet' },
    })
    expect(diagnosis.lexicon.rows).toBeGreaterThan(1000)
    expect(diagnosis.snapshots.map(({ state }) => state)).toEqual(['current', 'current', 'current'])
    expect(diagnosis.advice).toContainEqual({
      severity: 'notice',
      what: 'no release is installed: the lexicon alone answers',
      mend: 'chartcode dictionary install',
    })
  })

  it('shows the same as a table', () => {
    expect(run(['doctor', '--format', 'table']).out).toMatch(
      /^engine +chartcode 0\.1\.0 on Node\.js .*\ndata +\S+/,
    )
  })
})

describe.skipIf(!isBuilt)('dictionary', () => {
  it('coverage counts the billable codes that the lexicon reaches, a chapter a row', () => {
    const rows = JSON.parse(run(['dictionary', 'coverage', 'FY2026']).out) as {
      chapter: string
      billable: number
      reached: number
    }[]
    expect(rows).toHaveLength(23)
    expect(rows.at(-1)?.chapter).toBe('all')
    expect(rows.every(({ billable, reached }) => reached <= billable)).toBe(true)
    expect(rows.at(-1)?.billable).toBe(rows.slice(0, -1).reduce((sum, { billable }) => sum + billable, 0))
  })

  it('coverage of labelled notes counts the codes that are reached and the spans that are found', () => {
    const file = path.join(temporaryDirectory(), 'labels.ndjson')
    const notes = [
      { text: 'He has gout.', codes: ['M10.9', 'Z99.Z'], mentions: [{ start: 7, end: 11 }] },
      { text: 'He has zzyzx.', codes: [{ code: 'I10' }], mentions: [{ start: 7, end: 12 }] },
    ]
    writeFileSync(file, notes.map(note => JSON.stringify(note)).join('\n'))
    expect(JSON.parse(run(['dictionary', 'coverage', 'FY2026', file]).out)).toEqual([
      {
        release: 'FY2026',
        file,
        notes: 2,
        codes: 2,
        reached: 2,
        codesPercent: 100,
        mentions: 2,
        matched: 1,
        mentionsPercent: 50,
      },
    ])
  })

  it('coverage names the line that is no labelled note', () => {
    const file = path.join(temporaryDirectory(), 'labels.ndjson')
    writeFileSync(file, '{"text":"gout"}\n{"codes":[]}\n')
    expect(run(['dictionary', 'coverage', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 2: text has the wrong type') as string,
    })
  })

  it('build names the release that is not there', () => {
    expect(run(['dictionary', 'build', 'FY2020'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('FY2020 is not installed') as string,
    })
  })

  it('list takes --data-dir and --quiet like the other commands', () => {
    const directory = temporaryDirectory()
    expect(JSON.parse(run(['dictionary', 'list', '--data-dir', directory, '--quiet']).out)).toEqual({
      dataDirectory: directory,
      releases: [],
    })
  })
})

describe.skipIf(!isBuilt)('demo', () => {
  it('codes the sample notes through the embedded queue, shows them and ends', () => {
    const { code, out } = run(['demo'])
    expect(code).toBe(0)
    expect(out).toMatch(/\n\n(\d+) read = \1 coded \+ 0 nothing codeable \+ 0 duplicate \+ 0 failed\n$/)
    expect(out).toMatch(/not coded\n/)
  })
})

describe.skipIf(!isBuilt)('--help', () => {
  const names = Object.keys(COMMANDS)

  it('lists every command that works and none that does not', () => {
    const { code, out } = run(['--help'])
    expect(code).toBe(0)
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    for (const name of PLANNED_COMMANDS) expect(out).not.toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  })

  it.each(names)('of %s says what it is for, its options and its exit codes', name => {
    const { code, out } = run([name, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Usage: chartcode /)
    expect(out).toMatch(/--data-dir DIR/)
    expect(out).toMatch(/Exit codes: 0 done, 1 /)
  })

  it('--version is the version of the engine', () => {
    expect(run(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' })
  })
})
