/**
 * The directory of a batch: results, errors, duplicates, `run.json`, and while it runs two files of its own:
 * `seen.bin`, the keys of the notes so far, and `progress.ndjson`, after each chunk what is done, how long
 * each file is and the SHA-256 of what stands in it. A run that was killed is taken up at the last line that
 * the files agree with; what lies behind is cut off and made again, byte for byte. No line holds note text.
 *
 * About once a second everything is forced to the disk, and the line after that says `durable`: what stands
 * before it cannot be lost by a power cut, so a file that disagrees with it was changed, and is refused.
 */
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { createHash, type Hash } from 'node:crypto'
import { ChartcodeError } from '../../model/errors.js'
import { addCounts, addFailures, joinUsed, NO_COUNTS } from '../coding/outcome.js'
import type { Merged } from './merge-outcome.js'
import {
  GROWING,
  runFiles,
  type FileState,
  type GrowingFile,
  type Progress,
  type RunFiles,
} from './run-files.js'
import { takeUp } from './take-up.js'
import { differences, readRunRecord, type RunIdentity, type RunRecord } from './run-record.js'

export interface RunDirectory {
  readonly files: RunFiles
  readonly progress: () => Progress
  /** Appends a chunk's lines, then the line that says so. `units`: raw notes of the chunk. */
  readonly append: (merged: Merged, units: number) => void
  /** Everything is on the disk then. */
  readonly close: () => void
}

export interface OpenRequest {
  readonly directory: string
  readonly format: string
  /** The run is continued, not begun. */
  readonly isResumed: boolean
  /** What a results file of this format begins with. */
  readonly begin: string
  /** Milliseconds between two moments at which everything is forced to the disk. */
  readonly durableEvery?: number
  /** Told of each step; tests die there. */
  readonly onStep?: ((step: string) => void) | undefined
}

/** Results quote the notes. */
const OWNER_ONLY = 0o600
const DURABLE_EVERY_MS = 1000

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

interface Growing {
  readonly descriptor: number
  readonly hash: Hash
  bytes: number
}

/** Throws `output-damaged` where the files of a run that is continued are not those it wrote. */
export function openRunDirectory(request: OpenRequest): RunDirectory {
  const { directory, format, isResumed, begin, onStep, durableEvery = DURABLE_EVERY_MS } = request
  const files = runFiles(directory, format)
  createDirectory(directory)
  const taken = isResumed ? takeUp(files) : null
  const growing = new Map(
    GROWING.map(name => [name, openGrowing(files[name], taken?.files[name].bytes ?? 0, taken?.hashes[name])]),
  )
  const journal = openSync(files.progress, taken === null ? 'w' : 'a', OWNER_ONLY)
  const write = (name: GrowingFile, bytes: Uint8Array): void => {
    grow(growing.get(name) as Growing, bytes)
    onStep?.(`${name}-written`)
  }
  if (taken === null) write('results', Buffer.from(begin, 'utf8'))
  let current: Omit<Progress, 'files' | 'durable'> = taken ?? {
    units: 0,
    counts: NO_COUNTS,
    failures: {},
    used: [],
  }
  const states = () =>
    Object.fromEntries([...growing].map(([name, file]) => [name, stateOf(file)])) as Progress['files']
  const note = (durable: boolean): void => {
    if (durable) for (const { descriptor } of growing.values()) fdatasyncSync(descriptor)
    writeAll(journal, Buffer.from(`${JSON.stringify({ ...current, files: states(), durable })}\n`, 'utf8'))
    if (durable) fdatasyncSync(journal)
    onStep?.('progress-written')
  }
  let forced = performance.now()
  return {
    files,
    progress: () => ({ ...current, files: states(), durable: false }),
    append: (merged, units) => {
      for (const name of GROWING) write(name, merged[name])
      current = {
        units: current.units + units,
        counts: addCounts(current.counts, merged.counts),
        failures: addFailures(current.failures, merged.failures),
        used: joinUsed([...current.used, ...merged.used]),
      }
      const isDue = performance.now() - forced >= durableEvery
      note(isDue)
      if (isDue) forced = performance.now()
    },
    close: () => {
      note(true)
      for (const { descriptor } of growing.values()) closeSync(descriptor)
      closeSync(journal)
      onStep?.('closed')
    },
  }
}

/** `bytes` of the file stay; what lies behind is cut off. */
function openGrowing(file: string, bytes: number, hash: Hash | undefined): Growing {
  const descriptor = openSync(file, bytes === 0 ? 'w' : 'r+', OWNER_ONLY)
  ftruncateSync(descriptor, bytes)
  return { descriptor, bytes, hash: hash ?? createHash('sha256') }
}

function grow(file: Growing, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;)
    at += writeSync(file.descriptor, bytes, at, bytes.length - at, file.bytes + at)
  file.bytes += bytes.length
  file.hash.update(bytes)
}

function stateOf({ bytes, hash }: Growing): FileState {
  return { bytes, sha256: hash.copy().digest('hex') }
}

export function createDirectory(directory: string): void {
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

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
}
