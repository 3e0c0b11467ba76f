/** The files of a run's directory, and a line of its progress. */
import path from 'node:path'
import type { DictionaryUsed } from '../../model/result.js'
import type { BatchCounts } from '../coding/outcome.js'

/** The files that grow with the run. */
export const GROWING = ['results', 'errors', 'duplicates', 'seen'] as const
export type GrowingFile = (typeof GROWING)[number]

export interface FileState {
  readonly bytes: number
  readonly sha256: string
}

/** Where a run stands; a line of `progress.ndjson`. */
export interface Progress {
  /** Raw notes of the input that are done: a message may hold several notes. */
  readonly units: number
  readonly counts: BatchCounts
  readonly failures: Readonly<Record<string, number>>
  readonly used: readonly DictionaryUsed[]
  readonly files: Readonly<Record<GrowingFile, FileState>>
  readonly durable: boolean
}

export type RunFiles = Readonly<Record<GrowingFile | 'run' | 'progress', string>>

export function runFiles(directory: string, format: string): RunFiles {
  const file = (name: string) => path.join(directory, name)
  return {
    results: file(`results.${format}`),
    errors: file('errors.ndjson'),
    duplicates: file('duplicates.ndjson'),
    seen: file('seen.bin'),
    run: file('run.json'),
    progress: file('progress.ndjson'),
  }
}
