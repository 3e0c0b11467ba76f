/**
 * Compiled dictionaries on disk, one file a fiscal year and state of its sources. The name holds a hash
 * of everything that went in, so a changed lexicon, release or compiler finds no file and builds anew;
 * files are written under a temporary name and renamed.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { compileDictionary, type Compiled } from './build/compile.js'
import { gatherDictionary } from './build/gather.js'
import { readHandTables } from './build/hand-tables.js'
import type { Release } from './releases/release-store.js'
import { FORMAT_VERSION } from './snapshot/format.js'

declare const CHARTCODE_BUILD_ID: string | undefined

/** Hash of the compiler's own source, put in by the bundler; `source` when run from TypeScript. */
const COMPILER = typeof CHARTCODE_BUILD_ID === 'string' ? CHARTCODE_BUILD_ID : 'source'

/** SHA-256 over the names and bytes of all hand-written tables. */
export function hashOfTables(dictionaries: string): string {
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

export interface SnapshotPlace {
  /** Directory of the snapshot files. */
  readonly directory: string
  readonly fiscalYear: number
  readonly tablesHash: string
  /** Hash of the installed release, or `lexicon`. */
  readonly releaseHash: string
}

export function snapshotFile({ directory, fiscalYear, tablesHash, releaseHash }: SnapshotPlace): string {
  const key = createHash('sha256')
    .update([FORMAT_VERSION, COMPILER, tablesHash, releaseHash].join('\0'))
    .digest('hex')
  return path.join(directory, `FY${fiscalYear}-${key.slice(0, 16)}.snapshot`)
}

export interface BuildRequest {
  readonly dictionaries: string
  readonly place: SnapshotPlace
  /** Undefined: the lexicon alone. */
  readonly release: Release | undefined
}

/** Compiles and writes; answers what was written. An existing file of the same content is replaced. */
export async function buildSnapshot({
  dictionaries,
  place,
  release,
}: BuildRequest): Promise<Compiled & { readonly file: string }> {
  const input = await gatherDictionary(dictionaries, place.fiscalYear, release, readHandTables(dictionaries))
  const compiled = compileDictionary(input)
  const file = snapshotFile(place)
  mkdirSync(place.directory, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, compiled.bytes, { mode: 0o600 })
  renameSync(temporary, file)
  return { ...compiled, file }
}

export function isBuilt(place: SnapshotPlace): boolean {
  return existsSync(snapshotFile(place))
}
