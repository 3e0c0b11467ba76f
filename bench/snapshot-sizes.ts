/** How many bytes of a snapshot serve to find phrases: words, tries, sets and senses; the rest is titles and tables. */
import { readFileSync } from 'node:fs'
import { BODY_AT, type Directory, type SectionType } from '../src/dictionary/snapshot/format.js'

export interface SnapshotSizes {
  readonly matching: number
  readonly whole: number
  readonly phrases: number
}

const MATCHING = /^(words|phrases|sets|senses)\./
const BYTES: Readonly<Record<SectionType, number>> = { u8: 1, u32: 4, i32: 4 }

export function measureSnapshot(file: string, phrases: number): SnapshotSizes {
  const bytes = readFileSync(file)
  const directory = JSON.parse(bytes.toString('utf8', BODY_AT, BODY_AT + bytes.readUInt32LE(12))) as Directory
  const matching = Object.entries(directory.sections)
    .filter(([name]) => MATCHING.test(name))
    .reduce((sum, [, { type, length }]) => sum + length * BYTES[type], 0)
  return { matching, whole: bytes.length, phrases }
}
