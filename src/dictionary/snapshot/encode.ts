/** Sections and meta data → the bytes of a snapshot. Same input, same bytes. */
import { createHash } from 'node:crypto'
import {
  align,
  BODY_AT,
  FORMAT_VERSION,
  HASH_AT,
  MAGIC,
  sectionsStart,
  type SectionArray,
  type SectionEntry,
  type SectionType,
} from './format.js'

export function encodeSnapshot(meta: unknown, sections: Readonly<Record<string, SectionArray>>): Buffer {
  const names = Object.keys(sections).sort()
  const { entries, size } = layOut(names, sections)
  const directory = Buffer.from(JSON.stringify({ meta, sections: entries }), 'utf8')
  const start = sectionsStart(directory.length)
  const file = Buffer.alloc(start + size)
  file.write(MAGIC, 0, 'latin1')
  file.writeUInt32LE(FORMAT_VERSION, 8)
  file.writeUInt32LE(directory.length, 12)
  directory.copy(file, BODY_AT)
  for (const name of names) {
    const { buffer, byteOffset, byteLength } = sections[name] as SectionArray
    file.set(new Uint8Array(buffer, byteOffset, byteLength), start + (entries[name] as SectionEntry).at)
  }
  createHash('sha256').update(file.subarray(BODY_AT)).digest().copy(file, HASH_AT)
  return file
}

function layOut(
  names: readonly string[],
  sections: Readonly<Record<string, SectionArray>>,
): { entries: Record<string, SectionEntry>; size: number } {
  // Without a prototype, so that any name is a name.
  const entries = Object.create(null) as Record<string, SectionEntry>
  let at = 0
  for (const name of names) {
    const array = sections[name] as SectionArray
    entries[name] = { type: typeOf(array), at, length: array.length }
    at = align(at + array.byteLength)
  }
  return { entries, size: at }
}

function typeOf(array: SectionArray): SectionType {
  if (array instanceof Uint32Array) return 'u32'
  return array instanceof Int32Array ? 'i32' : 'u8'
}
