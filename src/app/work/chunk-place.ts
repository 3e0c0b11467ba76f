/**
 * Where a chunk of a submitted batch lies. Its source stays where it is: lines of a file, or whole files. Only
 * what cannot be read from the middle (archives, tables, message files) is laid out once in the batch's own
 * directory, note by note.
 */
export type ChunkPlace =
  | {
      readonly kind: 'lines'
      /** 0-based input of the manifest. */
      readonly input: number
      /** Range in the file, in bytes. */
      readonly start: number
      readonly end: number
      /** 1-based number of the first line. */
      readonly line: number
    }
  | { readonly kind: 'files'; readonly from: number; readonly to: number }
  | { readonly kind: 'spool'; readonly start: number; readonly end: number }

/** Notes a chunk: enough that the queue costs little, few enough that a lost worker loses little. */
export const CHUNK_NOTES = 200
/** Bytes a chunk, whatever the notes: about half a second of work. */
export const CHUNK_BYTES = 1024 * 1024

export const SPOOL = 'spool.bin'
