/** What is too large to be one note: a wrong file, not a chart. */
const MEGABYTE = 1024 * 1024

/** Bytes of UTF-8. The longest charts seen are below 1 MB. */
export const NOTE_LIMIT = 32 * MEGABYTE
/** A line of NDJSON: a note of the limit may be written with an escape for every second character. */
export const LINE_LIMIT = 2 * NOTE_LIMIT

export function sizeMessage(what: string): string {
  return `${what} is larger than ${NOTE_LIMIT / MEGABYTE} MB, the limit for one note: split it`
}
