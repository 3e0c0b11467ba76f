/**
 * Files of the fixtures, mutated at random from a seed, through the intake: what comes out is notes and rejects
 * or a `ChartcodeError`, quickly, and no message repeats what the files say. The same seed makes the same files.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { isCalendarDate } from '../../src/intake/calendar-date.js'
import { ChartcodeError } from '../../src/model/errors.js'
import type { Note, Reject } from '../../src/model/note.js'
import { zipOf } from '../sources/invented-zip.js'
import { createRandom, mutate } from './mutate.js'
import { readInput } from './read-input.js'

export const FUZZ_FORMATS = ['hl7', 'ccda', 'fhir', 'csv', 'ndjson', 'gzip', 'zip'] as const
export type FuzzFormat = (typeof FUZZ_FORMATS)[number]

export interface FuzzRequest {
  readonly format: FuzzFormat
  readonly documents: number
  readonly seed: number
  /** A directory for the one file that a zip has to be. */
  readonly directory: string
}

export interface FuzzOutcome {
  readonly format: FuzzFormat
  readonly documents: number
  readonly notes: number
  readonly rejects: number
  /** Of each failure the number of its document and what happened. */
  readonly crashes: readonly string[]
  readonly slow: readonly string[]
  readonly slowest: number
}

export const DEADLINE_MS = 250
const FIXTURES = path.join(import.meta.dirname, '..', 'intake', 'fixtures')
/** Words of the fixtures that no message may hold. */
const SECRETS = /Quimby|Ottoline|Quill|Isidora|Abernathy|hypertension|diabetes|pneumonia|migraine|scurvy/i

export async function fuzzFormat({ format, documents, seed, directory }: FuzzRequest): Promise<FuzzOutcome> {
  const random = createRandom(seed)
  const seeds = seedsOf(format)
  const outcome = { notes: 0, rejects: 0, crashes: [] as string[], slow: [] as string[], slowest: 0 }
  for (let number = 0; number < documents; number++) {
    const bytes = mutate(seeds, random)
    const first = await attempt(format, bytes, directory)
    // A pause of the machine strikes once, a slow document every time.
    const taken = first.taken <= DEADLINE_MS ? first.taken : (await attempt(format, bytes, directory)).taken
    outcome.slowest = Math.max(outcome.slowest, taken)
    if (taken > DEADLINE_MS) outcome.slow.push(`document ${number}: ${Math.round(taken)} ms`)
    if (first.problem !== undefined) outcome.crashes.push(`document ${number}: ${first.problem}`)
    for (const read of first.read) {
      if ('error' in read) outcome.rejects += 1
      else outcome.notes += 1
    }
  }
  return { format, documents, ...outcome }
}

interface Attempt {
  readonly taken: number
  readonly read: readonly (Note | Reject)[]
  readonly problem?: string
}

const NAMES: Readonly<Record<FuzzFormat, string>> = {
  hl7: 'n.hl7',
  ccda: 'n.xml',
  fhir: 'n.fhir.ndjson',
  csv: 'n.csv',
  ndjson: 'n.ndjson',
  gzip: 'n.ndjson.gz',
  zip: 'n.zip',
}

async function attempt(format: FuzzFormat, bytes: Uint8Array, directory: string): Promise<Attempt> {
  const file = path.join(directory, 'n.zip')
  if (format === 'zip') writeFileSync(file, bytes)
  const started = performance.now()
  try {
    const read = await readInput(NAMES[format], bytes, format === 'zip' ? { path: file } : {})
    const taken = performance.now() - started
    const problem = read.map(problemOf).find(found => found !== undefined)
    return { taken, read, ...(problem === undefined ? {} : { problem }) }
  } catch (error) {
    const taken = performance.now() - started
    if (error instanceof ChartcodeError && !SECRETS.test(error.message)) return { taken, read: [] }
    return { taken, read: [], problem: error instanceof Error ? (error.stack ?? error.message) : 'no error' }
  }
}

function problemOf(read: Note | Reject): string | undefined {
  if ('error' in read)
    return SECRETS.test(read.error.message) ? `a message repeats the file: ${read.error.code}` : undefined
  if (typeof read.id !== 'string' || read.id === '' || typeof read.text !== 'string')
    return 'a note without id or text'
  const isDated = read.dateOfService === undefined || isCalendarDate(read.dateOfService)
  return isDated ? undefined : 'a date of service that no calendar has'
}

function seedsOf(format: FuzzFormat): readonly Buffer[] {
  const files = (folder: string): Buffer[] =>
    readdirSync(path.join(FIXTURES, folder)).map(name => readFileSync(path.join(FIXTURES, folder, name)))
  const rows = ['1', '2', '3'].map(id => ({
    id,
    text: `Note ${id}: migraine,\n"severe".`,
    setting: 'inpatient',
    patient: { age: 40 },
  }))
  const ndjson = Buffer.from(rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  const csv =
    'id,text,date_of_service,age\r\n1,"Scurvy, ""old""\nsecond line",2026-02-10,40\r\n2,Migraine.,,\r\n'
  switch (format) {
    case 'hl7':
    case 'ccda':
    case 'fhir':
      return files(format)
    case 'csv':
      return [
        Buffer.from(csv),
        Buffer.from(`\ufeff${csv}`, 'utf16le'),
        Buffer.from(csv.replaceAll('\r\n', '\n')),
      ]
    case 'ndjson':
      return [ndjson, Buffer.concat([ndjson, ...files('fhir').slice(0, 1)])]
    case 'gzip':
      return [gzipSync(ndjson), Buffer.concat([gzipSync(ndjson), gzipSync(ndjson)])]
    case 'zip':
      return [
        zipOf([
          { name: 'a.txt', content: 'Gout.' },
          { name: 'b/c.ndjson', content: ndjson },
        ]),
      ]
  }
}
