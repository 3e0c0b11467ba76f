/**
 * The files of an interrupted run → where to go on: the last line of `progress.ndjson` that they agree with,
 * by length and by SHA-256, and the running hashes from there. A line may be half-written, and the disk may
 * have lost what was written in the last second; it cannot have lost what a durable line vouches for.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { createHash, type Hash } from 'node:crypto'
import { ChartcodeError } from '../../model/errors.js'
import { GROWING, type GrowingFile, type Progress, type RunFiles } from './run-files.js'

export interface TakenUp extends Progress {
  readonly hashes: Readonly<Record<GrowingFile, Hash>>
}

/** Null: from the beginning. Throws `output-damaged`. */
export function takeUp(files: RunFiles): TakenUp | null {
  const lines = progressLines(files.progress)
  const durable = lines.findLastIndex(line => line.durable)
  const reached = lines.findLastIndex(line => isReached(files, line))
  // The newest that the files reach; where its content was lost with the power, the newest that was forced.
  for (const at of reached < durable ? [] : new Set([reached, durable])) {
    const line = lines[at]
    const hashes = line === undefined ? null : agreeing(files, line)
    if (line !== undefined && hashes !== null) return { ...line, hashes }
  }
  if (durable < 0) return null
  throw new ChartcodeError(
    'output-damaged',
    `the files beside ${files.run} are not those that the run wrote: start anew in another directory`,
  )
}

function progressLines(file: string): Progress[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap(line => {
      try {
        return [JSON.parse(line) as Progress]
      } catch {
        return []
      }
    })
}

function isReached(files: RunFiles, line: Progress): boolean {
  return GROWING.every(name => line.files[name].bytes <= sizeOf(files[name]))
}

/** Null where a file is shorter or holds something else. */
function agreeing(files: RunFiles, line: Progress): TakenUp['hashes'] | null {
  const hashes: Partial<Record<GrowingFile, Hash>> = {}
  for (const name of GROWING) {
    const { bytes, sha256 } = line.files[name]
    const hash = hashOfStart(files[name], bytes)
    if (hash?.copy().digest('hex') !== sha256) return null
    hashes[name] = hash
  }
  return hashes as TakenUp['hashes']
}

const READ_SIZE = 1024 * 1024

/** Of the first so many bytes; null where there are fewer. */
export function hashOfStart(file: string, bytes: number): Hash | null {
  const hash = createHash('sha256')
  if (bytes === 0) return hash
  if (sizeOf(file) < bytes) return null
  const descriptor = openSync(file, 'r')
  const buffer = Buffer.alloc(Math.min(READ_SIZE, bytes))
  try {
    for (let at = 0; at < bytes;) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, bytes - at), at)
      if (count === 0) return null
      hash.update(buffer.subarray(0, count))
      at += count
    }
  } finally {
    closeSync(descriptor)
  }
  return hash
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}
