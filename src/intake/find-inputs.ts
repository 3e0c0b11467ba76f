/**
 * Paths as given on the command line → the files to read, in a fixed order: arguments as they stand, a
 * directory's files sorted by path. A note that is a whole file is called by its path: below a directory
 * relative to it, otherwise as given.
 */
import { readdirSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'
import { hasKnownEnding, kindOfFile, KNOWN_ENDINGS, type InputKind } from './input-kind.js'
import { missing } from './text-note.js'

export interface InputFile {
  readonly path: string
  /** Id of the note where the file is one text; names the file in error records. */
  readonly id: string
  readonly kind: InputKind
  readonly size: number
  /** Milliseconds since the epoch, with which a changed file is recognised. */
  readonly modified: number
}

/** Throws `file-missing` for a path that is not there and `input-empty` for a directory without notes. */
export function findInputs(paths: readonly string[]): InputFile[] {
  return paths.flatMap(given => {
    const status = statusOf(given)
    if (!status.isDirectory()) return [inputFile(given, toSlashes(given), status)]
    const files = findBelow(given)
    if (files.length === 0)
      throw new ChartcodeError(
        'input-empty',
        `${given} holds no file that ends with ${KNOWN_ENDINGS.join(', ')}`,
      )
    return files
  })
}

function findBelow(directory: string): InputFile[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(toSlashes)
  return names
    .filter(hasKnownEnding)
    .sort()
    .flatMap(name => {
      const file = path.join(directory, name)
      const status = statusOf(file)
      return status.isFile() ? [inputFile(file, name, status)] : []
    })
}

function inputFile(file: string, id: string, status: Stats): InputFile {
  return { path: file, id, kind: kindOfFile(file), size: status.size, modified: Math.trunc(status.mtimeMs) }
}

function statusOf(file: string): Stats {
  try {
    return statSync(file)
  } catch (cause) {
    throw missing(file, cause)
  }
}

function toSlashes(name: string): string {
  return path.sep === '/' ? name : name.replaceAll(path.sep, '/')
}
