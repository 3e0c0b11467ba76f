/**
 * Paths as given on the command line → the files to read, in a fixed order: arguments as they stand, a
 * directory's files sorted by path. A note that is a whole file is called by its path: below a directory
 * relative to it, otherwise as given. Nothing is left out without a word: what has the ending of a note and
 * is no regular file comes out as `irregular`, which is an error line.
 */
import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'
import { hasKnownEnding, kindOfFile, KNOWN_ENDINGS, type InputKind } from './input-kind.js'
import { irregular, missing } from './open-input.js'

export interface InputFile {
  readonly path: string
  /** Id of the note where the file is one text; names the file in error records. */
  readonly id: string
  readonly kind: InputKind
  readonly size: number
  /** Milliseconds since the epoch, with which a changed file is recognised. */
  readonly modified: number
  /** The directory that was named, where the file was found below one. */
  readonly root?: string
}

/** Throws `file-missing` for a path that is not there and `input-empty` for a directory without notes. */
export function findInputs(paths: readonly string[]): InputFile[] {
  return paths.flatMap(given => {
    const status = statusOf(given)
    if (!status.isDirectory()) {
      if (!status.isFile()) throw irregular(given)
      return [inputFile(given, toSlashes(given), status)]
    }
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
  const found: string[] = []
  collect(directory, '', found)
  return found.sort().map(name => {
    const file = path.join(directory, name)
    const status = lstatSync(file)
    const input = inputFile(file, toSlashes(name), status)
    return status.isFile() ? { ...input, root: directory } : { ...input, kind: 'irregular', size: 0 }
  })
}

/** Names below the directory that are to be read, or would be if they were files. */
function collect(directory: string, below: string, found: string[]): void {
  for (const entry of entriesOf(path.join(directory, below))) {
    const name = path.join(below, entry.name)
    if (entry.isDirectory()) collect(directory, name, found)
    else if (hasKnownEnding(name) || isLinkToDirectory(entry, path.join(directory, name))) found.push(name)
  }
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (cause) {
    throw missing(directory, cause)
  }
}

function isLinkToDirectory(entry: Dirent, file: string): boolean {
  return entry.isSymbolicLink() && statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
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
