/** A plain text file → one note. Throws `file-missing`, `input-size`, `input-encoding` or `input-empty`. */
import { closeSync, fstatSync, readFileSync, readSync } from 'node:fs'
import { ChartcodeError } from '../model/errors.js'
import type { Note } from '../model/note.js'
import { LOOK_AT } from './first-bytes.js'
import { NOTE_LIMIT, sizeMessage } from './limits.js'
import { openInput } from './open-input.js'
import { decodeUtf8 } from './utf8.js'

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
    if (fstatSync(descriptor).size > NOTE_LIMIT) throw new ChartcodeError('input-size', sizeMessage(file))
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Enough of a file to judge by what it begins with. */
export function readHead(file: string): Uint8Array {
  const descriptor = openInput(file)
  try {
    const head = new Uint8Array(LOOK_AT)
    return head.subarray(0, readSync(descriptor, head))
  } finally {
    closeSync(descriptor)
  }
}
