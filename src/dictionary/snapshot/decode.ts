/**
 * A snapshot file → typed views over shared memory, verified. Worker threads receive the memory itself
 * and lay their own views over it: a second thread adds no dictionary bytes.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { ChartcodeError } from '../../model/errors.js'
import {
  BODY_AT,
  FORMAT_VERSION,
  HASH_AT,
  HASH_BYTES,
  MAGIC,
  sectionsStart,
  type Directory,
  type SectionArray,
  type SectionEntry,
} from './format.js'

export interface Snapshot {
  readonly memory: SharedArrayBuffer
  /** SHA-256 of the content, hexadecimal: the dictionary's identity in results. */
  readonly hash: string
  readonly meta: unknown
  section<Kind extends SectionArray>(name: string): Kind
}

export function openSnapshot(file: string): Snapshot {
  const memory = readShared(file)
  return decodeSnapshot(memory, { verify: true, name: file })
}

/** `verify: false` is for memory that another thread has verified. */
export function decodeSnapshot(
  memory: SharedArrayBuffer,
  { verify, name }: { verify: boolean; name: string },
): Snapshot {
  const bytes = new Uint8Array(memory)
  const refuse = (why: string) =>
    new ChartcodeError(
      'snapshot-unreadable',
      `${name}: ${why}; build it again with \`chartcode dictionary build\``,
    )
  if (bytes.length < BODY_AT || text(bytes, 0, 8) !== MAGIC) throw refuse('this is no compiled dictionary')
  const view = new DataView(memory)
  const version = view.getUint32(8, true)
  if (version !== FORMAT_VERSION)
    throw refuse(`format version ${version}, this program reads ${FORMAT_VERSION}`)
  const expected = Buffer.from(bytes.slice(HASH_AT, HASH_AT + HASH_BYTES)).toString('hex')
  if (verify && createHash('sha256').update(bytes.subarray(BODY_AT)).digest('hex') !== expected)
    throw refuse('the content does not match its SHA-256')
  const directoryLength = view.getUint32(12, true)
  const start = sectionsStart(directoryLength)
  const directory = JSON.parse(text(bytes, BODY_AT, directoryLength)) as Directory
  const section = <Kind extends SectionArray>(wanted: string): Kind => {
    const entry = directory.sections[wanted]
    if (entry === undefined) throw refuse(`the section ${wanted} is missing`)
    return viewOf(memory, start + entry.at, entry) as Kind
  }
  return { memory, hash: expected, meta: directory.meta, section }
}

function viewOf(memory: SharedArrayBuffer, at: number, { type, length }: SectionEntry): SectionArray {
  if (type === 'u8') return new Uint8Array(memory, at, length)
  return type === 'u32' ? new Uint32Array(memory, at, length) : new Int32Array(memory, at, length)
}

/** `TextDecoder` refuses shared memory, hence the copy. */
function text(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.slice(at, at + length)).toString('utf8')
}

function readShared(file: string): SharedArrayBuffer {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (cause) {
    throw new ChartcodeError('snapshot-unreadable', `${file}: the compiled dictionary cannot be opened`, {
      cause,
    })
  }
  try {
    const size = fstatSync(descriptor).size
    const memory = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(memory)
    for (let read = 0; read < size;) {
      const more = readSync(descriptor, bytes, read, size - read, read)
      if (more === 0) break
      read += more
    }
    return memory
  } finally {
    closeSync(descriptor)
  }
}
