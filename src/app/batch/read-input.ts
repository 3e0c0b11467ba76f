/** One input of a batch → its raw notes, as a stream that is hashed on the way. What cannot be read is a reject. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { InputFile } from '../../intake/find-inputs.js'
import type { ControlCount } from '../../intake/raw-input.js'
import { rejectOfError, type RawNote } from '../../intake/raw-note.js'
import { readRawNotes } from '../../intake/read-raw-notes.js'
import { openInput } from '../../intake/open-input.js'

const READ_SIZE = 1024 * 1024

/** What was read so far. */
export interface ReadFiles {
  /** Path → SHA-256, of the inputs that were read to their end. */
  readonly hashes: Map<string, string>
  readonly controls: InputControl[]
  bytes: number
}

/** What the trailer of an envelope says it holds, beside what it held. */
export interface InputControl extends ControlCount {
  /** Path of the input. */
  readonly source: string
}

export function newReadFiles(): ReadFiles {
  return { hashes: new Map(), controls: [], bytes: 0 }
}

export async function* readInput(input: InputFile, read: ReadFiles): AsyncGenerator<RawNote> {
  const { path, id, kind, root } = input
  try {
    yield* readRawNotes({
      ...input,
      stream: hashed({ path, root }, read),
      onControlCount: count => read.controls.push({ source: path, ...count }),
    })
  } catch (error) {
    yield { kind: 'reject', reject: rejectOfError(error, 1, kind === 'text' ? id : undefined) }
  }
}

export async function* hashed(
  { path, root }: { readonly path: string; readonly root?: string | undefined },
  read: ReadFiles,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  const stream = createReadStream(path, { fd: openInput(path, root), highWaterMark: READ_SIZE })
  for await (const bytes of stream as AsyncIterable<Uint8Array>) {
    hash.update(bytes)
    read.bytes += bytes.length
    yield bytes
  }
  read.hashes.set(path, hash.digest('hex'))
}
