/** The end of a run: its record with counts and outputs; and the check that a finished run is still what it was. */
import { rmSync } from 'node:fs'
import { ChartcodeError } from '../../model/errors.js'
import { writeRunRecord, type RunRecord } from './run-record.js'
import type { InputControl } from './read-input.js'
import type { FileState, Progress, RunFiles } from './run-files.js'
import { hashOfStart, sizeOf } from './take-up.js'

/** What stays in the directory. */
const KEPT = ['results', 'errors', 'duplicates'] as const

/** What reading the inputs came to. */
export interface ReadInputs {
  /** Path → SHA-256 of the inputs that were read to their end. */
  readonly hashes: ReadonlyMap<string, string>
  readonly controls: readonly InputControl[]
}

export function finishRun(
  files: RunFiles,
  record: RunRecord,
  { progress, read }: { readonly progress: Progress; readonly read: ReadInputs },
): RunRecord {
  const finished: RunRecord = {
    ...record,
    inputs: record.inputs.map(input => ({ ...input, sha256: read.hashes.get(input.path) ?? null })),
    finished: new Date().toISOString(),
    counts: progress.counts,
    failures: progress.failures,
    controls: read.controls,
    outputs: Object.fromEntries(KEPT.map(name => [name, progress.files[name]])),
    dictionaries: progress.used,
  }
  writeRunRecord(files.run, finished)
  return finished
}

/** What only a run that is to be resumed needs: it goes when the record says that there is nothing to resume. */
export function clearProgress(files: RunFiles): void {
  for (const name of ['progress', 'seen'] as const) rmSync(files[name], { force: true })
}

/** Throws `output-damaged` where a file of a finished run is not the one it wrote. */
export function assertFinished(files: RunFiles, record: RunRecord): void {
  const isWhole = (name: (typeof KEPT)[number], state: FileState | undefined): boolean =>
    state !== undefined &&
    sizeOf(files[name]) === state.bytes &&
    hashOfStart(files[name], state.bytes)?.digest('hex') === state.sha256
  const changed = KEPT.filter(name => !isWhole(name, record.outputs?.[name]))
  if (changed.length === 0) return
  throw new ChartcodeError(
    'output-damaged',
    `${changed.map(name => files[name]).join(' and ')}: not what the run wrote; start anew in another directory`,
  )
}
