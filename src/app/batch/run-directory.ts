/**
 * The directory of a batch: results, errors, `run.json`, and while it runs `progress.ndjson`: after each
 * chunk, how many notes are done and how long both files are. A run that was killed is taken up at the last
 * line of it that the files have reached; what lies behind is cut off and made again, byte for byte.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../../model/errors.js'
import type { DictionaryUsed } from '../../model/result.js'
import { joinUsed, NO_COUNTS, addCounts, type BatchCounts, type ChunkOutcome } from './chunk.js'
import { differences, readRunRecord, type RunIdentity, type RunRecord } from './run-record.js'

/** Where a run stands. */
export interface Progress {
  readonly counts: BatchCounts
  readonly used: readonly DictionaryUsed[]
  /** Bytes of the two files. */
  readonly results: number
  readonly errors: number
}

export interface RunDirectory {
  readonly files: RunFiles
  readonly progress: () => Progress
  /** Appends a chunk's lines, then the line that says so. */
  readonly append: (outcome: ChunkOutcome) => void
  /** Everything on the disk; `isComplete`: nothing is left to resume. */
  readonly close: (isComplete: boolean) => void
}

export interface RunFiles {
  readonly results: string
  readonly errors: string
  readonly run: string
  readonly progress: string
}

export interface OpenRequest {
  readonly directory: string
  readonly format: string
  /** The run is continued, not begun. */
  readonly isResumed: boolean
  /** What a results file of this format begins with. */
  readonly begin: string
}

/** Results quote the notes. */
const OWNER_ONLY = 0o600

export function runFiles(directory: string, format: string): RunFiles {
  const file = (name: string) => path.join(directory, name)
  return {
    results: file(`results.${format}`),
    errors: file('errors.ndjson'),
    run: file('run.json'),
    progress: file('progress.ndjson'),
  }
}

export interface InspectRequest {
  readonly directory: string
  readonly resume: boolean
  readonly identity: RunIdentity
}

/**
 * The run that the directory holds and that `resume` continues, or null where it is free. Throws
 * `output-exists` where it holds another run, or this one and `resume` is not given. Changes nothing.
 */
export function inspectRunDirectory({ directory, resume, identity }: InspectRequest): RunRecord | null {
  const files = runFiles(directory, identity.format)
  const previous = readRunRecord(files.run)
  const isTaken = previous !== null || existsSync(files.results) || existsSync(files.errors)
  if (!isTaken) return null
  const advice = 'give another directory with --out'
  if (!resume)
    throw new ChartcodeError(
      'output-exists',
      `${directory} holds the results of a run: continue it with --resume, or ${advice}`,
    )
  if (previous === null)
    throw new ChartcodeError('output-exists', `${directory} holds results without a run.json: ${advice}`)
  const different = differences(previous, identity)
  if (different.length === 0) return previous
  throw new ChartcodeError(
    'output-exists',
    `${directory} holds a run with other ${different.join(' and other ')}: give the same, or ${advice}`,
  )
}

export function openRunDirectory({ directory, format, isResumed, begin }: OpenRequest): RunDirectory {
  const files = runFiles(directory, format)
  createDirectory(directory)
  let progress = isResumed ? lastProgress(files) : null
  const descriptors = [files.results, files.errors, files.progress].map(file =>
    openSync(file, 'a', OWNER_ONLY),
  ) as [number, number, number]
  const [results, errors, journal] = descriptors
  ftruncateSync(results, progress?.results ?? 0)
  ftruncateSync(errors, progress?.errors ?? 0)
  if (progress === null) {
    ftruncateSync(journal, 0)
    progress = {
      counts: NO_COUNTS,
      used: [],
      results: writeAll(results, Buffer.from(begin, 'utf8')),
      errors: 0,
    }
  }
  let current: Progress = progress
  return {
    files,
    progress: () => current,
    append: outcome => {
      current = {
        counts: addCounts(current.counts, outcome.counts),
        used: joinUsed([...current.used, ...outcome.used]),
        results: current.results + writeAll(results, outcome.results),
        errors: current.errors + writeAll(errors, outcome.errors),
      }
      writeAll(journal, Buffer.from(`${JSON.stringify(current)}\n`, 'utf8'))
    },
    close: isComplete => {
      for (const descriptor of descriptors) {
        fsyncSync(descriptor)
        closeSync(descriptor)
      }
      if (isComplete) rmSync(files.progress, { force: true })
    },
  }
}

/** The last line that both files have reached; null where there is none. */
function lastProgress(files: RunFiles): Progress | null {
  if (!existsSync(files.progress)) return null
  const [results, errors] = [sizeOf(files.results), sizeOf(files.errors)]
  const lines = readFileSync(files.progress, 'utf8').split('\n').slice(0, -1)
  for (const line of lines.reverse()) {
    const progress = JSON.parse(line) as Progress
    if (progress.results <= results && progress.errors <= errors) return progress
  }
  return null
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

function createDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new ChartcodeError(
      'file-missing',
      `${directory} cannot be created: give another directory with --out`,
      { cause },
    )
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
  return bytes.length
}
