/**
 * Tables and release → a snapshot file under its name. It is written under a temporary name and renamed,
 * so that a program that dies leaves nothing half, and two that build at once write the same bytes.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { compileDictionary, type Compiled } from './build/compile.js'
import { gatherDictionary } from './build/gather.js'
import { readHandTables } from './build/hand-tables.js'
import type { Release } from './releases/release-store.js'
import { snapshotFile, type SnapshotPlace } from './snapshot-place.js'

export interface BuildRequest {
  readonly dictionaries: string
  readonly place: SnapshotPlace
  /** Undefined: the lexicon alone. */
  readonly release: Release | undefined
}

export interface BuiltSnapshot extends Compiled {
  readonly file: string
}

/** Compiles and writes; an existing file of the same content is replaced. */
export async function buildSnapshot({ dictionaries, place, release }: BuildRequest): Promise<BuiltSnapshot> {
  const input = await gatherDictionary(dictionaries, place.fiscalYear, release, readHandTables(dictionaries))
  const compiled = compileDictionary(input)
  const file = snapshotFile(place)
  mkdirSync(place.directory, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, compiled.bytes, { mode: 0o600 })
  renameSync(temporary, file)
  return { ...compiled, file }
}
