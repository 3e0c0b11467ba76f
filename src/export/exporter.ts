/**
 * Results → the text of an output format, note by note, so that a stream stays a stream. `end` is asked once
 * and closes what the format needs closed.
 */
import type { NoteResult } from '../model/result.js'

export interface Exporter {
  /** Before the first note. */
  readonly begin: string
  readonly note: (result: NoteResult) => string
  readonly end: () => string
}
