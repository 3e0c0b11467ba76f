/**
 * A batch that goes through the queue is read twice: once to plan its chunks, once by the worker of each. The
 * notes that come back are those of a batch in one process, in order, byte for byte.
 */
import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readChunks } from '../../../src/app/batch/read-chunks.js'
import type { Chunk } from '../../../src/app/coding/chunk.js'
import { CHUNK_BYTES, CHUNK_NOTES, type ChunkPlace } from '../../../src/app/work/chunk-place.js'
import { planChunks, type Plan } from '../../../src/app/work/plan-chunks.js'
import { readPlace } from '../../../src/app/work/read-place.js'
import { findInputs, type InputFile } from '../../../src/intake/find-inputs.js'
import { zipOf } from '../../sources/invented-zip.js'

const MANY = 2 * CHUNK_NOTES + 50
const FIXTURES = path.join(import.meta.dirname, '..', '..', 'intake', 'fixtures')
const fixture = (name: string): Buffer => readFileSync(path.join(FIXTURES, name))

const numbers = Array.from({ length: MANY }, (_, at) => at)
const note = (at: number): string => JSON.stringify({ id: `n${at}`, text: `Asthma. Visit ${at}.` })
const lines = (end: string): string => numbers.map(at => note(at) + end).join('')
const csv = ['id,text', ...numbers.map(at => `n${at},"Asthma.\nVisit ""${at}""."`), ''].join('\r\n')
const texts = numbers.map(at => [`${String(at).padStart(4, '0')}.txt`, `Asthma. Visit ${at}.`] as const)
const long = (at: number): string =>
  JSON.stringify({ id: `n${at}`, text: 'Asthma. '.repeat(CHUNK_BYTES / 20) })

type Files = readonly (readonly [name: string, content: string | Uint8Array])[]

const CASES: readonly { readonly title: string; readonly files: Files }[] = [
  { title: 'lines of JSON', files: [['a.ndjson', lines('\n')]] },
  { title: 'lines that end with CRLF', files: [['a.ndjson', lines('\r\n')]] },
  { title: 'lines with blank ones between them', files: [['a.ndjson', `\n\r\n${lines('\n\n  \r\n')}\n`]] },
  { title: 'a last line without its end', files: [['a.ndjson', lines('\n').trimEnd()]] },
  { title: 'a byte order mark', files: [['a.ndjson', `\ufeff${lines('\n')}`]] },
  { title: 'lines that are no notes', files: [['a.ndjson', `{\n${lines('\n')}\nnonsense\n`]] },
  {
    title: 'lines as long as a chunk',
    files: [['a.ndjson', [0, 1, 2, 3].map(at => `${long(at)}\n`).join('')]],
  },
  {
    title: 'FHIR',
    files: [
      ['a.fhir.ndjson', fixture('fhir/bundle.ndjson')],
      ['b.fhir.ndjson', fixture('fhir/refused.fhir.ndjson')],
    ],
  },
  { title: 'texts', files: texts },
  {
    title: 'documents',
    files: [
      ['a.xml', fixture('ccda/progress-note.xml')],
      ['b.txt', 'Gout.'],
      ['c.xml', '<x>'],
    ],
  },
  { title: 'a table', files: [['a.csv', csv]] },
  { title: 'a table without its text', files: [['a.csv', 'id,words\n1,2\n']] },
  {
    title: 'HL7 messages',
    files: [
      ['a.hl7', fixture('hl7/batch-nightly.hl7')],
      ['b.hl7', 'PID|1\r'],
    ],
  },
  {
    title: 'a zip',
    files: [
      ['a.zip', zipOf([...texts, ['b.csv', csv] as const].map(([name, content]) => ({ name, content })))],
    ],
  },
  {
    title: 'a gzip file and a damaged one',
    files: [
      ['a.ndjson.gz', gzipSync(lines('\n'))],
      ['b.ndjson.gz', 'no gzip'],
    ],
  },
  {
    title: 'bytes that are no text',
    files: [
      ['a.txt', Buffer.from([0xff, 0xfe, 0xfd])],
      ['b.ndjson', Buffer.from([0xff, 0x0a])],
    ],
  },
  {
    title: 'empty files',
    files: [
      ['a.ndjson', ''],
      ['b.txt', ''],
      ['c.csv', ''],
      ['d.zip', ''],
    ],
  },
  {
    title: 'all of them in turns',
    files: [
      ['a.txt', 'Gout.'],
      ['b.csv', csv],
      ['c.ndjson', lines('\r\n')],
      ['d.txt', 'Asthma.'],
      ['e.txt', 'Migraine.'],
      ['f.csv', csv],
      ['g.hl7', fixture('hl7/oru-r01-radiology.hl7')],
    ],
  },
]

interface Written {
  readonly out: string
  readonly inputs: readonly InputFile[]
}

function write(files: Files): Written {
  const root = mkdtempSync(path.join(tmpdir(), 'chartcode-plan-'))
  const [into, out] = [path.join(root, 'in'), path.join(root, 'out')]
  for (const directory of [into, out]) mkdirSync(directory)
  for (const [name, content] of files) writeFileSync(path.join(into, name), content)
  return { out, inputs: findInputs([into]) }
}

/** Each unit with its bytes, wherever the cuts are. */
function unitsOf(chunks: readonly Chunk[]): unknown[] {
  return chunks.flatMap(({ bytes, units }) =>
    units.map(({ start, end, ...unit }) => ({
      ...unit,
      bytes: Buffer.from(bytes.subarray(start, end)).toString('latin1'),
    })),
  )
}

async function readPlanned({ out, inputs }: Written, { chunks }: Plan): Promise<Chunk[]> {
  const read: Chunk[] = []
  for (const { number, place } of chunks)
    read.push(await readPlace({ out, inputs }, number, place as unknown as ChunkPlace))
  return read
}

describe('planned chunks', () => {
  it.each(CASES)('hold the notes of a batch in one process: $title', async ({ files }) => {
    const written = write(files)
    const plan = await planChunks(written.inputs, written.out)
    const read = await readPlanned(written, plan)
    const direct = readChunks(written.inputs)
    const expected: Chunk[] = []
    for await (const chunk of direct.chunks) expected.push(chunk)
    expect(unitsOf(read)).toEqual(unitsOf(expected))
    // Of a damaged archive it is chance whether it is read to its end, which alone gives it a hash.
    for (const [file, hash] of plan.hashes) expect(direct.hashes.get(file) ?? hash).toBe(hash)
    expect(plan.controls).toEqual(direct.controls)
    expect(plan.chunks.map(({ number, notes }) => [number, notes])).toEqual(
      read.map(({ sequence, units }) => [sequence, units.length]),
    )
    expect(Math.max(0, ...read.map(({ units }) => units.length))).toBeLessThanOrEqual(CHUNK_NOTES)
  })

  it('are refused where their source was changed, or is gone', async () => {
    const written = write([['a.ndjson', lines('\n')]])
    const plan = await planChunks(written.inputs, written.out)
    const [{ path: file } = { path: '' }] = written.inputs
    utimesSync(file, 0, 0)
    await expect(readPlanned(written, plan)).rejects.toMatchObject({ code: 'file-missing' })
    const gone = { ...written, inputs: written.inputs.map(input => ({ ...input, path: `${file}.gone` })) }
    await expect(readPlanned(gone, plan)).rejects.toMatchObject({ code: 'file-missing' })
  })
})
