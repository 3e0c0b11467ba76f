/**
 * Where compiled dictionaries lie: one file a fiscal year and state of its sources. The name holds a hash
 * of everything that went in, so a changed lexicon, release or compiler finds no file and builds anew.
 * Apart from what compiles them: a program that only opens one must not load the compiler.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'
import { FORMAT_VERSION } from './snapshot/format.js'

export interface SnapshotPlace {
  /** Directory of the snapshot files. */
  readonly directory: string
  readonly fiscalYear: number
  readonly tablesHash: string
  /** Hash of the installed release, or `lexicon`. */
  readonly releaseHash: string
}

declare const CHARTCODE_BUILD_ID: string | undefined

/** Hash of the compiler's own source, put in by the bundler; `source` when run from TypeScript. */
const COMPILER = typeof CHARTCODE_BUILD_ID === 'string' ? CHARTCODE_BUILD_ID : 'source'

/** SHA-256 over the names and bytes of all hand-written tables. Throws `file-missing` where they are gone. */
export function hashOfTables(dictionaries: string): string {
  if (!existsSync(dictionaries))
    throw new ChartcodeError(
      'file-missing',
      `${dictionaries}, the tables of the package, is missing: install it again`,
    )
  const hash = createHash('sha256')
  for (const name of readdirSync(dictionaries, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.csv')) continue
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(dictionaries, name)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Hash of format, compiler, tables and release: two places with the same key hold the same bytes. */
export function snapshotKey({ tablesHash, releaseHash }: SnapshotPlace): string {
  const parts = [FORMAT_VERSION, COMPILER, tablesHash, releaseHash]
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}

export function snapshotFile(place: SnapshotPlace): string {
  return path.join(place.directory, `FY${place.fiscalYear}-${snapshotKey(place)}.snapshot`)
}

export function isBuilt(place: SnapshotPlace): boolean {
  return existsSync(snapshotFile(place))
}
