/**
 * Raw notes laid out in a file so that any stretch of them can be read: for each a line of JSON with its place
 * and length, then its bytes.
 *
 *   {"source":"in.csv","kind":"json","line":7,"size":812}\n  812 bytes  {"source":…
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { RawNote } from '../../intake/raw-note.js'
import { sizeOf, type SourcedNote } from '../coding/assemble-chunk.js'

export interface SpoolWriter {
  /** Answers where the next note will begin. */
  readonly append: (note: SourcedNote) => number
  readonly close: () => void
}

const NEWLINE = 0x0a
const NOTHING = new Uint8Array(0)

export function createSpool(file: string): SpoolWriter {
  const descriptor = openSync(file, 'w', 0o600)
  let at = 0
  return {
    append: ({ source, raw }) => {
      const { bytes, ...place } = raw.kind === 'reject' ? { ...raw, bytes: NOTHING } : raw
      const header = JSON.stringify({ source, ...place, size: sizeOf(raw) })
      for (const part of [Buffer.from(`${header}\n`, 'utf8'), bytes])
        for (let done = 0; done < part.length;) done += writeSync(descriptor, part, done)
      at += Buffer.byteLength(header) + 1 + bytes.length
      return at
    },
    close: () => {
      fsyncSync(descriptor)
      closeSync(descriptor)
    },
  }
}

/** A stretch of the file → its notes. */
export function readSpooled(bytes: Buffer): SourcedNote[] {
  const notes: SourcedNote[] = []
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, at)
    const { source, size, ...place } = JSON.parse(bytes.toString('utf8', at, end)) as {
      source: string
      size: number
    } & RawNote
    const start = end + 1
    at = start + size
    notes.push({ source, raw: { ...place, bytes: bytes.subarray(start, at) } as RawNote })
  }
  return notes
}
