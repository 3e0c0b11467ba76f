/** Results in every format: what can be read back says the same, what is for people is safe for a terminal. */
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { createExporter, OUTPUT_FORMATS, parseOutputFormat } from '../../src/export/create-exporter.js'
import { csvExporter } from '../../src/export/csv.js'
import { jsonExporter, ndjsonExporter } from '../../src/export/json.js'
import { tableExporter } from '../../src/export/table.js'
import { candidate, noteResult, notCoded } from './invented-results.js'

const results = [
  noteResult('n1', {
    candidates: [candidate({ code: 'I10', text: 'high, "very" high\nblood pressure' })],
    notCoded: [notCoded({ code: null, codes: ['A00.1', 'B00.1'] })],
  }),
  noteResult('n2', {}),
  noteResult('n3', { candidates: [candidate({ code: 'E11.9', text: 'diabetes' })] }),
]
const plain = { colour: false, explain: false }

describe('ndjson', () => {
  it('is a line a note that reads back as the result', () => {
    const exporter = ndjsonExporter()
    const text = results.map(exporter.note).join('') + exporter.end()
    expect(
      text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as unknown),
    ).toEqual(results)
  })
})

describe('json', () => {
  it.each([0, 1, 2, 3])('of %i notes reads back', count => {
    const exporter = jsonExporter()
    const text = results.slice(0, count).map(exporter.note).join('') + exporter.end()
    if (count === 0) expect(text).toBe('')
    else expect(JSON.parse(text)).toEqual(count === 1 ? results[0] : results.slice(0, count))
  })
})

describe('csv', () => {
  const exporter = csvExporter()
  const text = exporter.begin + results.map(exporter.note).join('') + exporter.end()
  const rows = parse<Record<string, string>>(text, { columns: true })

  it('has a row a candidate and a row a ledger line, quotes and line breaks kept', () => {
    expect(rows.map(({ id, status, code }) => [id, status, code])).toEqual([
      ['n1', 'candidate', 'I10'],
      ['n1', 'not-coded', 'A00.1 B00.1'],
      ['n3', 'candidate', 'E11.9'],
    ])
    expect(rows[0]).toMatchObject({
      text: 'high, "very" high\nblood pressure',
      start: '3',
      section: 'assessment',
      release: 'FY2026',
    })
    expect(rows[1]).toMatchObject({ reason: 'ambiguous', cue: 'no', rule: 'neg.no' })
  })
})

describe('table', () => {
  const show = (options = plain): string => {
    const exporter = tableExporter(options)
    return results.map(exporter.note).join('')
  }

  it('says so where nothing is to be coded', () => {
    expect(show()).toMatch(/\nn2 {2}outpatient · no date · FY2026\n {2}nothing to code\n/)
  })

  it('shows a quote on one line, without control characters', () => {
    const hostile = noteResult('n', { candidates: [candidate({ code: 'I10', text: 'a\u001b[31m\nb' })] })
    expect(tableExporter(plain).note(hostile)).toContain('"a [31m b"')
  })

  it('counts equal ledger lines', () => {
    const line = notCoded({ code: 'R05.9' })
    expect(tableExporter(plain).note(noteResult('n', { notCoded: [line, line, line] }))).toMatch(
      /R05\.9 .* ×3\n$/,
    )
  })

  it('has colour only where it is asked for, and the same words', () => {
    const coloured = show({ ...plain, colour: true })
    expect(coloured).toContain('\u001b[')
    expect(show()).not.toContain('\u001b')
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(show())
  })

  it.each([
    ['N', 'present on admission: N (no, developed during the stay)'],
    ['W', 'present on admission: W (cannot be determined clinically)'],
    [null, 'present on admission: exempt'],
  ])('explains the indicator %s of an inpatient', (poa, line) => {
    const rules = [{ id: 'Appendix I', effect: 'poa' as const, from: [] }]
    const inpatient = { ...candidate({ code: 'H00.9', text: 'abc' }), poa, rules }
    const text = tableExporter({ ...plain, explain: true }).note(noteResult('n', { candidates: [inpatient] }))
    expect(text).toContain(line)
    expect(text).not.toContain('rule Appendix I')
  })

  it('explains a code by its derivation, what is missing and the score', () => {
    const text = show({ ...plain, explain: true })
    expect(text).toMatch(/I10 {2}by phrase: the words name the condition "high, .*\[Lexicon\]/)
    expect(text).toMatch(/missing laterality: left → H00\.1/)
    expect(text).toMatch(/score 0\.720 from log odds 0\.72 = source \+0\.7, section \+0\.02/)
  })
})

describe('the name of a format', () => {
  it.each(OUTPUT_FORMATS)('%s is known', name => {
    expect(parseOutputFormat(name)).toBe(name)
    expect(createExporter(name, plain)).toHaveProperty('note')
  })

  it('that is none is refused, with those that are', () => {
    expect(() => parseOutputFormat('xls')).toThrow(/xls is no format/)
    expect(() => parseOutputFormat('table', ['ndjson'])).toThrow(/use ndjson/)
  })
})
