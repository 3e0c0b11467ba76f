/** What a person or an export gets wrong: the exit code, and a message that says what to do and quotes no note. */
import { truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DIABETES, file, isBuilt, ndjson, resultsOf, run, temporaryDirectory } from './run-program.js'

/** Stands in texts of notes; an error message that holds it has leaked. */
const SECRET = 'Quixotina'

const textFile = file('note.txt', DIABETES)
const emptyFile = file('empty.txt', '')
const blankFile = file('blank.txt', ' \n\t\n')
const latin1File = file('latin1.txt', Buffer.from(`${SECRET} fi\xe8vre`, 'latin1'))
const utf16File = file('utf16.txt', Buffer.from(`\ufeff${SECRET}`, 'utf16le'))
const noColumns = file('nocolumns.csv', `${SECRET},x\n1,2\n`)

const WRONG_USAGE: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an unknown command', ['detekt'], /'detekt' is no command; `chartcode --help`/],
  [
    'an unknown option',
    ['detect', '--sytems', 'cpt', textFile],
    /unknown option --sytems; `chartcode detect --help`/,
  ],
  ['an option without its value', ['detect', textFile, '--date'], /--date needs a value: --date YYYY-MM-DD/],
  ['a value for a flag', ['detect', textFile, '--explain=yes'], /--explain takes no value/],
  [
    'a date that no calendar has',
    ['detect', '--date', '2026-02-30', textFile],
    /--date 2026-02-30: this is not a calendar date; write YYYY-MM-DD/,
  ],
  ['a date in another order', ['detect', '--date', '10.2.2026', textFile], /write YYYY-MM-DD/],
  [
    'a number that is none',
    ['detect', '--min-score', 'high', textFile],
    /--min-score high: give a number from 0 to 1/,
  ],
  ['an empty number', ['detect', '--min-score=', textFile], /--min-score : give a number/],
  [
    'a number out of range',
    ['detect', '--min-score', '1.5', textFile],
    /--min-score 1\.5: give a number from 0 to 1/,
  ],
  [
    'a negative number',
    ['detect', '--min-score', '-1', textFile],
    /--min-score -1: give a number from 0 to 1/,
  ],
  [
    'half a thread',
    ['batch', textFile, '--out', 'x', '--jobs', '0.5'],
    /--jobs 0\.5: give a whole number from 1/,
  ],
  [
    'an unknown setting',
    ['detect', '--setting', 'office', textFile],
    /--setting office: use outpatient or inpatient/,
  ],
  [
    'an unknown system',
    ['detect', '--systems', 'icd9', textFile],
    /--systems: icd9 is none of icd10cm, cpt, hcpcs/,
  ],
  [
    'an unknown unit',
    ['detect', '--offsets', 'char', textFile],
    /--offsets char: use utf16 or codepoint or byte/,
  ],
  [
    'an unknown format',
    ['detect', '--format', 'xml', textFile],
    /--format: xml is no format; use table, json, ndjson, csv, fhir, brat, comprehend/,
  ],
  [
    'a format that a batch has not',
    ['batch', '--format', 'table', textFile, '--out', 'x'],
    /table is no format; use ndjson, csv, fhir, brat, comprehend/,
  ],
  [
    'a directory for detect',
    ['detect', temporaryDirectory()],
    /is a directory: `chartcode batch .* --out DIR`/,
  ],
  ['a batch without inputs', ['batch', '--out', 'x'], /name the inputs/],
  ['a batch without a directory', ['batch', textFile], /name the directory of the results: --out DIR/],
  ['a batch from standard input', ['batch', '-', '--out', 'x'], /`chartcode detect -` reads standard input/],
  ['two codes for code', ['code', 'I10', 'E11.9'], /name one code/],
  ['a search without words', ['search'], /name the words/],
  ['an unknown dictionary command', ['dictionary', 'remove'], /unknown command 'remove'/],
]

const FAILURES: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'a missing file',
    ['detect', '/nowhere/note.txt'],
    /\/nowhere\/note\.txt: there is no such file; check the path \[file-missing\]/,
  ],
  ['a missing NDJSON file', ['detect', '/nowhere/n.ndjson'], /there is no such file/],
  ['an empty file', ['detect', emptyFile], /empty\.txt is empty: there is no note to read \[input-empty\]/],
  ['a file of blanks', ['detect', blankFile], /is empty/],
  ['empty standard input', ['detect', '-'], /standard input is empty/],
  ['an NDJSON file without lines', ['detect', file('empty.ndjson', '\n\n')], /empty\.ndjson is empty/],
  [
    'bytes that are not UTF-8',
    ['detect', latin1File],
    /latin1\.txt is not valid UTF-8: convert it, e\.g\. with `iconv/,
  ],
  ['UTF-16', ['detect', utf16File], /it looks like UTF-16; convert it with `iconv -f UTF-16/],
  [
    'a CSV file without its columns',
    ['detect', noColumns],
    /the first line must name the columns, among them text/,
  ],
  [
    'a batch of a missing file',
    ['batch', '/nowhere', '--out', temporaryDirectory()],
    /there is no such file/,
  ],
  [
    'a batch of a directory without notes',
    ['batch', temporaryDirectory(), '--out', path.join(temporaryDirectory(), 'o')],
    /holds no file that ends with/,
  ],
  ['a code that does not exist', ['code', 'E11.999'], /E11\.999 does not exist in FY2027; /],
]

describe.skipIf(!isBuilt)('wrong usage is exit 2:', () => {
  it.each(WRONG_USAGE)('%s', (_, words, message) => {
    const { code, out, err } = run(words)
    expect(err).toMatch(message)
    expect(code).toBe(2)
    expect(out).toBe('')
  })

  it('a command that is not built yet', () => {
    for (const name of ['serve', 'redact', 'ask']) {
      const { code, out, err } = run([name, 'x'])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toBe(`chartcode: '${name}' is not available in version 0.1.0 [usage]\n`)
    }
  })

  it('no command at all, with the help on standard error', () => {
    const { code, out, err } = run([])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^Usage: chartcode COMMAND/)
  })
})

describe.skipIf(!isBuilt)('a failure is exit 1:', () => {
  it.each(FAILURES)('%s', (_, words, message) => {
    const { code, out, err } = run(words)
    expect(err).toMatch(message)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).not.toContain(SECRET)
  })

  it('a note larger than the limit', () => {
    const large = file('large.txt', '')
    truncateSync(large, 33 * 1024 * 1024)
    const { code, err } = run(['detect', large])
    expect(err).toMatch(/larger than 32 MB, the limit for one note: split it \[input-size\]/)
    expect(code).toBe(1)
  })
})

describe.skipIf(!isBuilt)('a bad line becomes an error record, and the rest goes on:', () => {
  const good = { id: 'good', text: DIABETES }
  const BAD: readonly (readonly [string, string, object])[] = [
    ['what is no JSON', `{"id": "x", "text": ${SECRET}`, { line: 2, error: { code: 'input-line' } }],
    ['an array', '[1, 2]', { line: 2, error: { code: 'input-line' } }],
    [
      'a note without a text',
      '{"id": "x"}',
      { line: 2, id: 'x', error: { code: 'input-note', message: 'text must be a string' } },
    ],
    [
      'a note whose id is a number',
      JSON.stringify({ id: 7, text: SECRET }),
      { line: 2, error: { code: 'input-note', message: 'id must be a string' } },
    ],
    [
      'an empty id',
      JSON.stringify({ id: '', text: SECRET }),
      { line: 2, error: { message: 'id must not be empty' } },
    ],
    [
      'an unknown setting',
      JSON.stringify({ id: 'x', text: '', setting: SECRET }),
      { error: { message: 'setting must be outpatient or inpatient' } },
    ],
    [
      'an unknown sex',
      JSON.stringify({ id: 'x', text: '', patient: { sex: SECRET } }),
      { error: { message: 'patient.sex must be F, M or X' } },
    ],
    [
      'a date that no calendar has',
      '{"id": "x", "text": "", "dateOfService": "2026-02-30"}',
      { id: 'x', error: { code: 'date-invalid' } },
    ],
  ]

  it.each(BAD)('%s', (_, line, record) => {
    const ran = run(['detect', '-'], { input: `${ndjson(good)}${line}\n${ndjson(good)}` })
    expect(ran.code).toBe(3)
    expect(resultsOf(ran).map(({ id }) => id)).toEqual(['good', 'good'])
    expect(ran.err.split('\n')).toHaveLength(2)
    expect(JSON.parse(ran.err)).toMatchObject(record)
    expect(ran.err).not.toContain(SECRET)
  })

  it('bytes that are not UTF-8', () => {
    const input = Buffer.concat([
      Buffer.from('{"id":"x","text":"'),
      Buffer.from([0xff]),
      Buffer.from(`"}\n${ndjson(good)}`),
    ])
    const ran = run(['detect', '-'], { input })
    expect(ran.code).toBe(3)
    expect(JSON.parse(ran.err)).toMatchObject({ line: 1, error: { code: 'input-encoding' } })
    expect(resultsOf(ran)).toHaveLength(1)
  })

  it('a CSV row with too many cells', () => {
    const ran = run(['detect', file('bad.csv', `id,text\na,${DIABETES}\nb,${SECRET},c\nd,${DIABETES}\n`)])
    expect(ran.code).toBe(3)
    expect(JSON.parse(ran.err)).toMatchObject({ line: 3, error: { code: 'input-line' } })
    expect(resultsOf(ran).map(({ id }) => id)).toEqual(['a', 'd'])
  })

  it('an unreadable file among several', () => {
    const ran = run(['detect', '/nowhere.txt', textFile])
    expect(ran.code).toBe(3)
    expect(ran.err).toMatch(/nowhere\.txt: there is no such file/)
    expect(resultsOf(ran)).toHaveLength(1)
  })
})
