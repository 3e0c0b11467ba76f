/** What is too large to be one note, one document or one archive: a wrong or hostile file, not a chart. */
const MEGABYTE = 1024 * 1024

/** Bytes of UTF-8. The longest charts seen are below 1 MB. */
export const NOTE_LIMIT = 32 * MEGABYTE
/** A line of NDJSON: a note of the limit may be written with an escape for every second character. */
export const LINE_LIMIT = 2 * NOTE_LIMIT
/** An HL7 v2 message: a note of the limit in base64, and its segments. */
export const MESSAGE_LIMIT = 2 * NOTE_LIMIT

/** A C-CDA document; the largest published samples are below 5 MB. */
export const XML_LIMIT = 20 * MEGABYTE
/** Narrative nests to about 30, entries of C-CDA to about 40. */
export const XML_DEPTH = 200
/** Of one element. No schema of HL7 has more than 20. */
export const XML_ATTRIBUTES = 1000

/** What an archive may unpack to in all. A night of a large hospital is below 10 GiB. */
export const UNPACKED_LIMIT = 64 * 1024 * MEGABYTE
/** Text deflates 3 to 20 fold; a note of blanks 1,000 fold, hence the ratio matters only from some size on. */
export const RATIO_LIMIT = 200
export const RATIO_MATTERS_FROM = 64 * MEGABYTE
/** Of a zip. */
export const MEMBER_LIMIT = 1_000_000

export function sizeMessage(what: string): string {
  return `${what} is larger than ${NOTE_LIMIT / MEGABYTE} MB, the limit for one note: split it`
}
