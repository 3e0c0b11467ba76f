/**
 * `run.json`: what a batch read, with which options, dictionaries and engine, and how its counts come out.
 * Written when a run begins and again when it ends; `identity` is what `--resume` compares.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { InputFile } from '../../intake/find-inputs.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Setting } from '../../model/note.js'
import type { DictionaryUsed } from '../../model/result.js'
import type { DetectOptions } from '../../pipeline/options.js'
import type { AvailableYear } from '../dictionaries.js'
import { snapshotKey } from '../../dictionary/snapshot-place.js'
import { ENGINE_VERSION } from '../version.js'
import type { CodingTask } from '../coding/code-chunk.js'
import type { BatchCounts } from '../coding/outcome.js'
import type { InputControl } from './read-input.js'
import type { FileState } from './run-files.js'

export interface RunInput {
  readonly path: string
  readonly size: number
  readonly modified: string
  /** Null until the input was read to its end. */
  readonly sha256: string | null
}

/** What the engine was told, and what stood in for what notes did not say. */
export type RunOptions = DetectOptions & {
  readonly setting: Setting | null
  readonly dateOfService: string | null
}

export interface RunRecord {
  readonly engine: string
  readonly format: string
  readonly options: RunOptions
  /** The years that could be chosen, and the key of each one's compiled dictionary. */
  readonly available: readonly { readonly release: string; readonly key: string }[]
  readonly inputs: readonly RunInput[]
  readonly started: string
  readonly finished: string | null
  readonly jobs: number
  /** Times that the run was continued. */
  readonly resumed: number
  readonly counts: BatchCounts | null
  /** Of `counts.failed`, how many by each error code. */
  readonly failures: Readonly<Record<string, number>>
  /** What the envelopes of inputs said they hold, and what was in them. */
  readonly controls: readonly InputControl[]
  /** What the run wrote, by file name; null until it is finished. */
  readonly outputs: Readonly<Record<string, FileState>> | null
  /** The dictionaries that coded at least one note. */
  readonly dictionaries: readonly DictionaryUsed[]
}

export interface RunIdentity {
  readonly engine: string
  readonly format: string
  readonly options: RunOptions
  readonly available: RunRecord['available']
  readonly inputs: readonly RunInput[]
}

export interface IdentityParts {
  readonly inputs: readonly InputFile[]
  readonly years: readonly AvailableYear[]
  readonly task: CodingTask
  readonly format: string
}

export function runIdentity({ inputs, years, task, format }: IdentityParts): RunIdentity {
  return {
    engine: ENGINE_VERSION,
    format,
    options: { ...task.options, setting: task.setting ?? null, dateOfService: task.dateOfService ?? null },
    available: years.map(({ fiscalYear, place }) => ({
      release: `FY${fiscalYear}`,
      key: snapshotKey(place),
    })),
    inputs: inputs.map(({ path, size, modified }) => ({
      path,
      size,
      modified: new Date(modified).toISOString(),
      sha256: null,
    })),
  }
}

/** What of a run differs from another, in words; empty where they are the same run. */
export function differences(left: RunIdentity, right: RunIdentity): string[] {
  const inputsOf = ({ inputs }: RunIdentity) =>
    inputs.map(({ path, size, modified }) => [path, size, modified])
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  return [
    ...(same(inputsOf(left), inputsOf(right)) ? [] : ['inputs']),
    ...(same(left.options, right.options) && left.format === right.format ? [] : ['options']),
    ...(same(left.available, right.available) ? [] : ['dictionaries']),
    ...(left.engine === right.engine ? [] : ['engine']),
  ]
}

/** Null where there is none. */
export function readRunRecord(file: string): RunRecord | null {
  let json: string
  try {
    json = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    const record = JSON.parse(json) as RunRecord
    if (Array.isArray(record.inputs) && typeof record.started === 'string') return record
  } catch {
    // Refused below.
  }
  throw new ChartcodeError('output-exists', `${file} is damaged: give another directory with --out`)
}

/** Whole or not at all, also through a power cut. Paths can carry names: for the owner only. */
export function writeRunRecord(file: string, record: RunRecord): void {
  const temporary = `${file}.tmp`
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(temporary, file)
  const directory = openSync(path.dirname(file), 'r')
  fsyncSync(directory)
  closeSync(directory)
}
