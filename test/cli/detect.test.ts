/** `chartcode detect`: where notes come from, what they are called, and the formats of the answer. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NoteResult } from '../../src/model/result.js'
import {
  codesOf,
  DIABETES,
  file,
  HYPERTENSION,
  isBuilt,
  ndjson,
  resultsOf,
  run,
  shell,
} from './run-program.js'

describe.skipIf(!isBuilt)('detect reads', () => {
  it('a text file as one note with its path as id', () => {
    const note = file('visit.txt', DIABETES)
    const ran = run(['detect', note])
    expect(ran.code).toBe(0)
    expect(ran.err).toBe('')
    expect(resultsOf(ran).map(({ id }) => id)).toEqual([note])
    expect(codesOf(resultsOf(ran)[0])).toEqual(['E11.9'])
  })

  it('several files in the order they are named, each called as it was named', () => {
    const first = file('a.txt', DIABETES)
    const second = file('b.ndjson', ndjson({ id: 'n2', text: HYPERTENSION }))
    const cwd = path.dirname(first)
    expect(resultsOf(run(['detect', 'a.txt', second], { cwd })).map(({ id }) => id)).toEqual(['a.txt', 'n2'])
  })

  it('NDJSON line by line, with what a line says of its note', () => {
    const rows = [
      { id: 'n1', text: DIABETES, setting: 'inpatient', dateOfService: '2026-02-10', unknown: { field: 1 } },
      { id: 'n2', text: HYPERTENSION, patient: { age: 61, sex: 'F' }, facility: null },
    ]
    const [first, second] = resultsOf(run(['detect', file('notes.jsonl', ndjson(...rows))]))
    expect(first).toMatchObject({ id: 'n1', setting: 'inpatient', dateOfService: '2026-02-10' })
    expect(first).not.toHaveProperty('settingAssumed')
    expect(second).toMatchObject({
      id: 'n2',
      setting: 'outpatient',
      settingAssumed: true,
      dateOfService: null,
    })
  })

  it('CSV row by row, with quoted texts over several lines', () => {
    const csv = `id,text,setting,date_of_service,ward\r\nn1,"Assessment:\n1. Hypertension, ""stable""\n",inpatient,2026-02-10,7\r\nn2,${DIABETES},,,\r\n`
    const [first, second] = resultsOf(run(['detect', file('notes.csv', csv)]))
    expect(first).toMatchObject({ id: 'n1', setting: 'inpatient', dateOfService: '2026-02-10' })
    expect(codesOf(first)).toEqual(['I10'])
    expect(second).toMatchObject({ id: 'n2', settingAssumed: true })
  })

  it.each([
    ['without an argument', []],
    ['for a dash', ['-']],
  ])('standard input as one note %s', (_, words) => {
    expect(resultsOf(run(['detect', ...words], { input: DIABETES })).map(({ id }) => id)).toEqual(['-'])
  })

  it('standard input as NDJSON where it begins with a brace', () => {
    const input = `\ufeff\n${ndjson({ id: 'a', text: DIABETES }, { id: 'b', text: '' })}`
    expect(resultsOf(run(['detect', '-'], { input })).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('setting and date of the command line for notes that do not say', () => {
    const input = ndjson(
      { id: 'a', text: DIABETES },
      { id: 'b', text: DIABETES, setting: 'outpatient', dateOfService: '2025-01-02' },
    )
    const ran = run(['detect', '--setting', 'inpatient', '--date=2026-02-10', '-'], { input })
    expect(resultsOf(ran)).toMatchObject([
      { setting: 'inpatient', dateOfService: '2026-02-10', dictionaries: [{ release: 'FY2026' }] },
      { setting: 'outpatient', dateOfService: '2025-01-02', dictionaries: [{ release: 'FY2025' }] },
    ])
  })

  it('the environment after the command line, and a config file after both', () => {
    const config = file('config.json', JSON.stringify({ setting: 'inpatient', 'min-score': 0.4 }))
    const env = { CHARTCODE_CONFIG: config, CHARTCODE_MIN_SCORE: '0.3' }
    expect(resultsOf(run(['detect', '-'], { input: DIABETES, env }))[0]).toMatchObject({
      setting: 'inpatient',
      options: { minScore: 0.3 },
    })
    expect(resultsOf(run(['detect', '-', '--min-score', '0.2'], { input: DIABETES, env }))[0]).toMatchObject({
      options: { minScore: 0.2 },
    })
  })
})

describe.skipIf(!isBuilt)('detect answers', () => {
  const one = file('one.txt', DIABETES)
  const two = file('two.ndjson', ndjson({ id: 'a', text: DIABETES }, { id: 'b', text: HYPERTENSION }))

  it('off a terminal with NDJSON', () => {
    expect(run(['detect', one]).out).toBe(run(['detect', one, '--format', 'ndjson']).out)
  })

  it('with --format json by an object for one note and an array for several', () => {
    expect((JSON.parse(run(['detect', one, '--format', 'json']).out) as NoteResult).id).toBe(one)
    expect(
      (JSON.parse(run(['detect', two, '--format', 'json']).out) as NoteResult[]).map(({ id }) => id),
    ).toEqual(['a', 'b'])
  })

  it('with --format table by a text without colour, in which code, words and reason stand', () => {
    const { out } = run(['detect', one, '--format', 'table'])
    expect(out).toMatch(/1 +E11\.9 +0\.\d\d +\S/)
    expect(out).toMatch(/"type 2 diabetes"/)
    expect(out).toMatch(/not coded\n.*"chest pain": negated "No"/)
    expect(out).not.toContain('\u001b')
  })

  it('with --format csv by a row a candidate and a row a ledger line', () => {
    const lines = run(['detect', two, '--format', 'csv']).out.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^id,status,rank,system,code,/)
    expect(lines.slice(1).map(line => line.split(',').slice(0, 2).join(' '))).toEqual([
      'a candidate',
      'a not-coded',
      'b candidate',
      'b not-coded',
    ])
  })

  it('with --explain by the parts of each score', () => {
    expect(resultsOf(run(['detect', one, '--explain']))[0]?.candidates[0]).toHaveProperty('scoreParts')
    expect(run(['detect', one, '--explain', '--format', 'table']).out).toMatch(
      /by phrase: .*\n.*\n? *score 0\.\d+ from log odds -?\d+\.\d+ = base/,
    )
  })

  it('the same bytes for the same note', () => {
    expect(run(['detect', two]).out).toBe(run(['detect', two]).out)
  })

  it.each(['utf16', 'codepoint', 'byte'] as const)(
    'offsets that cut the evidence out of the note, in %s',
    unit => {
      const text = 'Größe 1,80 m 😀. Assessment: type 2 diabetes 👍🏽. Bekannt: no chest pain.'
      const [result] = resultsOf(
        run(['detect', '--offsets', unit, '-'], { input: ndjson({ id: 'a', text }) }),
      )
      const cut = (start: number, end: number): string => {
        if (unit === 'utf16') return text.slice(start, end)
        if (unit === 'codepoint') return [...text].slice(start, end).join('')
        return Buffer.from(text, 'utf8').subarray(start, end).toString('utf8')
      }
      const quotes = [
        ...(result?.candidates ?? []).flatMap(({ evidence }) => evidence),
        ...(result?.notCoded ?? []),
      ]
      expect(quotes.length).toBeGreaterThan(1)
      for (const { start, end, text: quote } of quotes) expect(cut(start, end)).toBe(quote)
      expect(result?.offsets).toBe(unit)
    },
  )

  it('quietly to a reader that goes away', () => {
    const many = file(
      'many.ndjson',
      ndjson(...Array.from({ length: 400 }, (_, i) => ({ id: `n${i}`, text: HYPERTENSION.repeat(20) }))),
    )
    const script = `"${process.execPath}" "$PROGRAM" detect "${many}" | head -n 1 | wc -l`
    const { out, err } = shell(script)
    expect(out.trim()).toBe('1')
    expect(err).toBe('')
  })
})

describe.skipIf(!isBuilt)('the start of detect', () => {
  it('loads no package for a plain text file', () => {
    const directory = path.join(import.meta.dirname, '..', '..', 'dist', 'cli')
    const main = readFileSync(path.join(directory, 'main.js'), 'utf8')
    const seen = new Set<string>()
    const packages = new Set<string>()
    const visit = (name: string): void => {
      if (seen.has(name)) return
      seen.add(name)
      const source = readFileSync(path.join(directory, name), 'utf8')
      for (const [, from = ''] of source.matchAll(/^(?:import|export)\s*(?:[^"'();]*?from\s*)?"([^"]+)"/gm)) {
        if (from.startsWith('./')) visit(from.slice(2))
        else if (!from.startsWith('node:')) packages.add(from)
      }
      for (const [, chunk = ''] of source.matchAll(/import\("\.\/(detector-[^"]+)"\)/g)) visit(chunk)
    }
    visit('main.js')
    visit(/import\("\.\/(detect-command-[^"]+)"\)/.exec(main)?.[1] ?? 'detect-command')
    expect([...seen].some(name => name.startsWith('detector-'))).toBe(true)
    expect([...packages]).toEqual([])
  })
})
