/**
 * Operands of `detect` → notes one after another. A plain text file is read here and now; what reads other
 * formats and standard input is loaded when it is met. One unreadable file of several does not stop the rest.
 */
import { kindOfFile } from '../../intake/input-kind.js'
import { beginsLikeHl7 } from '../../intake/first-bytes.js'
import { readHead, readTextFile, textNote } from '../../intake/text-note.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'
import type { Terminal } from '../terminal.js'

/** A file that could not be read; the person at the terminal has been told. */
export type ReportedReject = Reject & { readonly isReported: true }

export async function* readNotes(
  operands: readonly string[],
  terminal: Terminal,
): AsyncGenerator<Note | Reject | ReportedReject> {
  const files = operands.length === 0 ? ['-'] : operands
  for (const file of files) {
    try {
      yield* readFileNotes(file)
    } catch (error) {
      if (!(error instanceof ChartcodeError) || files.length === 1 || error.code === 'usage') throw error
      terminal.warn(`chartcode: ${error.message} [${error.code}]`)
      yield { line: 1, id: file, error: { code: error.code, message: error.message }, isReported: true }
    }
  }
}

async function* readFileNotes(file: string): AsyncGenerator<Note | Reject> {
  if (file !== '-' && kindOfFile(file) === 'text' && !beginsLikeHl7(readHead(file))) {
    yield textNote(readTextFile(file), file, file)
    return
  }
  const { streamNotes } = await import('./stream-notes.js')
  yield* streamNotes(file)
}
