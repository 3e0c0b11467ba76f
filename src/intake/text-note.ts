/** A plain text file → one note. Throws `file-missing`, `input-size`, `input-encoding` or `input-empty`. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { ChartcodeError } from '../model/errors.js'
import type { Note } from '../model/note.js'
import { NOTE_LIMIT, sizeMessage } from './limits.js'
import { decodeUtf8 } from './utf8.js'

/** `id` is the path as the caller wants it called. */
export function readTextNote(file: string, id: string): Note {
  return textNote(readTextFile(file), id, file)
}

/** `name` says in errors what was read. */
export function textNote(bytes: Uint8Array, id: string, name: string): Note {
  if (bytes.length > NOTE_LIMIT) throw new ChartcodeError('input-size', sizeMessage(name))
  const text = decodeUtf8(bytes, name)
  if (text.trim() === '')
    throw new ChartcodeError('input-empty', `${name} is empty: there is no note to read`)
  return { id, text }
}

export function readTextFile(file: string): Uint8Array {
  const descriptor = openInput(file)
  try {
    const status = fstatSync(descriptor)
    if (status.isDirectory())
      throw new ChartcodeError(
        'usage',
        `${file} is a directory: \`chartcode batch ${file} --out DIR\` reads directories`,
      )
    if (status.size > NOTE_LIMIT) throw new ChartcodeError('input-size', sizeMessage(file))
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Throws `file-missing` with the reason in words. */
export function openInput(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (cause) {
    throw missing(file, cause)
  }
}

export function missing(file: string, cause: unknown): ChartcodeError {
  const code = (cause as NodeJS.ErrnoException).code
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EACCES'
        ? 'it may not be read'
        : `it cannot be read (${code})`
  return new ChartcodeError('file-missing', `${file}: ${why}; check the path`, { cause })
}
