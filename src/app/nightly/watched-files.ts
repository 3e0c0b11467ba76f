/**
 * The files of a watched directory that a night may take: those that no night before took and that are not
 * being written any more. A file counts as written when its size and time stood still between two looks and
 * its time is older than a minute; one that is not is left for the next night, and named.
 */
import type { InputFile } from '../../intake/find-inputs.js'
import type { RunInput } from '../batch/run-record.js'

export interface WatchedFiles {
  readonly ready: readonly InputFile[]
  readonly unfinished: readonly InputFile[]
}

export interface LookRequest {
  /** The same directory, twice, some seconds apart. */
  readonly before: readonly InputFile[]
  readonly after: readonly InputFile[]
  readonly taken: ReadonlySet<string>
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Longer than a copy over a network stands still. */
export const STILL_MS = 60_000

export function chooseFiles({ before, after, taken, now }: LookRequest): WatchedFiles {
  const seen = new Set(before.map(fileKey))
  const fresh = after.filter(file => !taken.has(fileKey(file)))
  const isReady = (file: InputFile) => seen.has(fileKey(file)) && now - file.modified >= STILL_MS
  return { ready: fresh.filter(isReady), unfinished: fresh.filter(file => !isReady(file)) }
}

/** A file that was written anew under its old name is another file. */
export function fileKey({ path, size, modified }: Pick<InputFile, 'path' | 'size' | 'modified'>): string {
  return JSON.stringify([path, size, modified])
}

export function takenFiles(inputs: readonly RunInput[]): string[] {
  return inputs.map(({ path, size, modified }) => fileKey({ path, size, modified: Date.parse(modified) }))
}
