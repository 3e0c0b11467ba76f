/** Sections and meta data → the bytes of a snapshot. Same input, same bytes. */
import { createHash } from 'node:crypto'
import {
  ALIGNMENT,
  BODY_AT,
  FORMAT_VERSION,
  HASH_AT,
  MAGIC,
  type SectionArray,
  type SectionEntry,
  type SectionType,
} from './format.js'

export function encodeSnapshot(meta: unknown, sections: Readonly<Record<string, SectionArray>>): Buffer {
  const names = Object.keys(sections).sort()
  const directorySize = align(JSON.stringify({ meta, sections: layOut(names, sections, 1e15) }).length * 4)
  const entries = layOut(names, sections, BODY_AT + directorySize)
  const directory = Buffer.from(JSON.stringify({ meta, sections: entries }), 'utf8')
  const last = entries[names[names.length - 1] as string]
  const size =
    last === undefined
      ? BODY_AT + directorySize
      : last.at + align(bytesOf(sections, names[names.length - 1] as string))
  const file = Buffer.alloc(size)
  file.write(MAGIC, 0, 'latin1')
  file.writeUInt32LE(FORMAT_VERSION, 8)
  file.writeUInt32LE(directory.length, 12)
  directory.copy(file, BODY_AT)
  for (const name of names) {
    const array = sections[name] as SectionArray
    file.set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      (entries[name] as SectionEntry).at,
    )
  }
  createHash('sha256').update(file.subarray(BODY_AT)).digest().copy(file, HASH_AT)
  return file
}

function layOut(
  names: readonly string[],
  sections: Readonly<Record<string, SectionArray>>,
  start: number,
): Record<string, SectionEntry> {
  const entries: Record<string, SectionEntry> = {}
  let at = start
  for (const name of names) {
    const array = sections[name] as SectionArray
    entries[name] = { type: typeOf(array), at, length: array.length }
    at += align(array.byteLength)
  }
  return entries
}

function bytesOf(sections: Readonly<Record<string, SectionArray>>, name: string): number {
  return (sections[name] as SectionArray).byteLength
}

function typeOf(array: SectionArray): SectionType {
  if (array instanceof Uint32Array) return 'u32'
  return array instanceof Int32Array ? 'i32' : 'u8'
}

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT
}
