/**
 * The installed releases, for reading: `<data>/releases/icd10cm/FY2026/` with `release.json` and one
 * canonical NDJSON file a part. `openRelease` gives async readers; a part that is not installed reads
 * as no rows, `has` tells. Writing is `release-writer.ts`'s, which swaps whole directories: between
 * its two renames the release is found under its `.previous` name.
 */
import { createReadStream } from 'node:fs'
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type {
  ConversionRow,
  IndexRow,
  OrderRow,
  PoaExemptRow,
  TableRow,
  TabularNote,
  TabularRow,
} from '../../model/code.js'
import { ChartcodeError } from '../../model/errors.js'
import { releaseName } from './fiscal-year.js'
import { parseReleaseRecord, type PartKind, type ReleaseRecord } from './release-record.js'

/** What a row of each part is. */
export interface PartRows {
  readonly order: OrderRow
  readonly tabular: TabularRow
  readonly notes: TabularNote
  readonly index: IndexRow
  readonly external: IndexRow
  readonly neoplasm: TableRow
  readonly drug: TableRow
  readonly conversion: ConversionRow
  readonly poa: PoaExemptRow
}

export interface Release {
  readonly record: ReleaseRecord
  readonly directory: string
  readonly has: (kind: PartKind) => boolean
  /** The rows in the publisher's order; none if the part is not installed. */
  readonly read: <Kind extends PartKind>(kind: Kind) => AsyncGenerator<PartRows[Kind]>
}

export function releasesDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'releases', 'icd10cm')
}

/** The name a release has for the moment in which its directory is replaced. */
export function previousName(fiscalYear: number): string {
  return `.${releaseName(fiscalYear)}.previous`
}

export function partFile(kind: PartKind): string {
  return `${kind}.ndjson`
}

/** Every installed release, oldest first, also one that has no order file yet. */
export async function listReleases(dataDirectory: string): Promise<ReleaseRecord[]> {
  let names: string[]
  try {
    names = await readdir(releasesDirectory(dataDirectory))
  } catch {
    return []
  }
  const years = new Set(names.flatMap(name => /^\.?FY(\d{4})(?:\.previous)?$/.exec(name)?.[1] ?? []))
  const records: ReleaseRecord[] = []
  for (const year of [...years].map(Number).sort((left, right) => left - right)) {
    records.push((await openRelease(dataDirectory, year)).record)
  }
  return records
}

/** The fiscal years that can code: those with an order file, oldest first. */
export async function installedFiscalYears(dataDirectory: string): Promise<number[]> {
  const records = await listReleases(dataDirectory)
  return records
    .filter(record => record.parts.some(part => part.kind === 'order'))
    .map(record => record.fiscalYear)
}

/** Throws `release-missing` or, if `release.json` is damaged, `release-unreadable`. */
export async function openRelease(dataDirectory: string, fiscalYear: number): Promise<Release> {
  const directory = await locateRelease(dataDirectory, fiscalYear)
  if (directory === null) {
    const name = releaseName(fiscalYear)
    throw new ChartcodeError(
      'release-missing',
      `${name} is not installed: chartcode dictionary install ${name}`,
    )
  }
  const path = join(directory, 'release.json')
  const record = parseReleaseRecord(await readFile(path, 'utf8'), path)
  const has = (kind: PartKind): boolean => record.parts.some(part => part.kind === kind)
  return {
    record,
    directory,
    has,
    read: kind => (has(kind) ? readRows(join(directory, partFile(kind))) : noRows()),
  }
}

/** The directory that holds a release now, or null. */
export async function locateRelease(dataDirectory: string, fiscalYear: number): Promise<string | null> {
  for (const name of [releaseName(fiscalYear), previousName(fiscalYear)]) {
    const directory = join(releasesDirectory(dataDirectory), name)
    const found = await access(join(directory, 'release.json')).then(
      () => true,
      () => false,
    )
    if (found) return directory
  }
  return null
}

async function* noRows(): AsyncGenerator<never> {}

/** Lines of NDJSON. The writer made them from typed rows and recorded their hash; `verify` compares it. */
async function* readRows<Row>(path: string): AsyncGenerator<Row> {
  let rest = ''
  let line = 0
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) {
        line += 1
        yield JSON.parse(text) as Row
      }
    }
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) {
      throw new ChartcodeError('release-unreadable', `${path} is damaged: install the release again`, {
        line: line + 1,
        cause: error,
      })
    }
    throw error
  }
}
