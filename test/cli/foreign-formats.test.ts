/** Exports of other systems through the built program, and results in the formats of other systems. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { NoteResult } from '../../src/model/result.js'
import { zipOf } from '../sources/invented-zip.js'
import {
  codesOf,
  DIABETES,
  environment,
  file,
  isBuilt,
  ndjson,
  PROGRAM,
  resultsOf,
  run,
  temporaryDirectory,
} from './run-program.js'

const FIXTURES = path.join(import.meta.dirname, '..', 'intake', 'fixtures')
const fixture = (name: string): string => path.join(FIXTURES, name)
const linesOf = (name: string): readonly unknown[] =>
  readFileSync(name, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as unknown)

describe.skipIf(!isBuilt)('detect', () => {
  it('reads HL7, C-CDA and FHIR, with what they say of the encounter', () => {
    const files = ['hl7/mdm-t02-discharge-summary.hl7', 'ccda/progress-note.xml', 'fhir/bundle.ndjson']
    const ran = run(['detect', ...files.map(fixture)])
    // Two resources of the Bundle file are refused.
    expect(ran.code).toBe(3)
    const [summary, progress, headache] = resultsOf(ran)
    expect(summary).toMatchObject({ id: 'DOC-4711', setting: 'inpatient', dateOfService: '2026-02-11' })
    expect(codesOf(summary)).toContain('I50.23')
    expect(progress).toMatchObject({ setting: 'outpatient', dateOfService: '2026-02-09' })
    expect(codesOf(progress)).toEqual(expect.arrayContaining(['I10', 'E11.40', 'Z80.3']))
    expect(headache).toMatchObject({ id: 'd1', setting: 'outpatient' })
  })

  it('knows HL7 from standard input, and a gzip file by its name', () => {
    const input = readFileSync(fixture('hl7/oru-r01-radiology.hl7'))
    expect(resultsOf(run(['detect', '-'], { input })).map(({ id }) => id)).toEqual(['F-1', 'F-2'])
    const packed = file('n.ndjson.gz', gzipSync(ndjson({ id: 'g', text: DIABETES })))
    expect(resultsOf(run(['detect', packed])).map(({ id }) => id)).toEqual(['g'])
  })

  it('writes a .ann file, whose places are those of the note in code points', () => {
    const text = `🩺 ${DIABETES}`
    const { out } = run(['detect', '--format', 'brat', file('n.txt', text)])
    const places = [...out.matchAll(/^T\d+\t\w+ (\d+) (\d+)\t(.*)$/gm)]
    expect(places.length).toBeGreaterThan(1)
    for (const [, start, end, words] of places)
      expect([...text].slice(Number(start), Number(end)).join('')).toBe(words)
    expect(out).toMatch(/^N\d+\tReference T1 ICD10CM:E11\.9\t/m)
  })

  it('writes a Bundle and a response of InferICD10CM', () => {
    const note = file('n.txt', DIABETES)
    const bundle = JSON.parse(run(['detect', '--format', 'fhir', note]).out) as object
    expect(bundle).toMatchObject({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Condition' } }, {}],
    })
    const response = JSON.parse(
      run(['detect', '--format', 'comprehend', '--offsets', 'byte', note]).out,
    ) as object
    expect(response).toMatchObject({
      Entities: [
        { Text: 'type 2 diabetes', ICD10CMConcepts: [{ Code: 'E11.9' }] },
        { Text: 'chest pain', Traits: [{ Name: 'SYMPTOM' }, { Name: 'NEGATION' }] },
      ],
    })
  })
})

describe.skipIf(!isBuilt)('batch', () => {
  it('reads a night of everything, and every error line names its place', () => {
    const directory = temporaryDirectory()
    cpSync(FIXTURES, directory, { recursive: true })
    writeFileSync(
      path.join(directory, 'more.zip'),
      zipOf([
        { name: 'a.txt', content: DIABETES },
        { name: 'b.ndjson', content: 'no json\n' },
        { name: '../c.txt', content: DIABETES },
      ]),
    )
    symlinkSync('/etc/hostname', path.join(directory, 'link.txt'))
    const out = path.join(temporaryDirectory(), 'out')
    const ran = run(['batch', directory, '--out', out, '--jobs', '2'])
    expect(ran.code).toBe(3)
    const results = linesOf(path.join(out, 'results.ndjson')) as readonly NoteResult[]
    const errors = linesOf(path.join(out, 'errors.ndjson')) as readonly {
      source: string
      line: number
      error: object
    }[]
    expect(results.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['more.zip/a.txt', 'M1', 'S1#2', 'latin', 'F-2']),
    )
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: path.join(directory, 'more.zip/b.ndjson'), line: 1 }),
        expect.objectContaining({ source: path.join(directory, 'hl7/batch-cut.hl7'), line: 15 }),
        expect.objectContaining({
          source: path.join(directory, 'link.txt'),
          error: expect.objectContaining({ code: 'file-missing' }) as unknown,
        }),
      ]),
    )
    const { counts } = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as {
      counts: Record<string, number>
    }
    const duplicates = linesOf(path.join(out, 'duplicates.ndjson'))
    expect(counts['read']).toBe(results.length + duplicates.length + errors.length)
  })

  it.each(['fhir', 'brat', 'comprehend'])('writes results.%s.ndjson, a line a note', format => {
    const out = path.join(temporaryDirectory(), 'out')
    const notes = file('n.ndjson', ndjson({ id: 'a', text: DIABETES }, { id: 'b', text: 'Well.' }))
    expect(run(['batch', notes, '--out', out, '--jobs', '1', '--format', format])).toMatchObject({ code: 0 })
    const lines = linesOf(path.join(out, `results.${format}.ndjson`))
    expect(lines).toHaveLength(2)
    expect(JSON.stringify(lines)).toContain('E11.9')
    expect(existsSync(path.join(out, 'results.ndjson'))).toBe(false)
  })
})

describe.skipIf(!isBuilt)('a batch of messages with two notes each', () => {
  const message = readFileSync(fixture('hl7/oru-r01-radiology.hl7'), 'utf8')
  // Each message of another facility: otherwise they would be one message 2,000 times.
  const input = file(
    'night.hl7',
    Array.from({ length: 2000 }, (_, i) => message.replace(/^(MSH(?:\|[^|]*){2}\|)[^|]*/, `$1SITE${i}`)).join(
      '',
    ),
  )

  it('that was killed is resumed where it stood', async () => {
    const [whole, out] = [temporaryDirectory(), temporaryDirectory()]
    run(['batch', input, '--out', whole])
    const child = spawn(process.execPath, [PROGRAM, 'batch', input, '--out', out, '--jobs', '1'], {
      env: environment(),
      stdio: 'ignore',
    })
    const ended = new Promise(resolve => child.once('exit', resolve))
    const results = path.join(out, 'results.ndjson')
    while (!existsSync(results) || statSync(results).size === 0)
      await new Promise(resolve => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    await ended
    const ran = run(['batch', input, '--out', out, '--resume'])
    expect(ran.code).toBe(0)
    expect(ran.err).not.toContain('the run was complete')
    expect(readFileSync(results, 'utf8')).toBe(readFileSync(path.join(whole, 'results.ndjson'), 'utf8'))
    expect(linesOf(results)).toHaveLength(4000)
  })
})

describe.skipIf(!isBuilt)('with Object.prototype frozen', () => {
  it.each(['hl7/oru-r01-radiology.hl7', 'ccda/progress-note.xml', 'fhir/refused.fhir.ndjson'])(
    '%s is read the same',
    name => {
      const env = { NODE_OPTIONS: '--import=data:text/javascript,Object.freeze(Object.prototype)' }
      const words = ['detect', fixture(name)]
      expect(run(words, { env })).toEqual(run(words))
    },
  )
})
