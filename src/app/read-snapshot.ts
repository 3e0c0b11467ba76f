/**
 * A snapshot file → an open snapshot, read on a thread of the platform's pool: while 25 MB come in, the
 * program loads its engine. Its SHA-256 is checked when the file is first seen, and again after any change
 * of the file: a note beside it (`.checked`) holds the size and times that the checked file had. `doctor`
 * checks every time.
 */
import { close, fstat, open, read, readFileSync, writeFileSync, type BigIntStats } from 'node:fs'
import { decodeSnapshot, type Snapshot } from '../dictionary/snapshot/decode.js'
import { ChartcodeError } from '../model/errors.js'

/** Throws `snapshot-unreadable`. */
export async function readSnapshot(file: string): Promise<Snapshot> {
  const { memory, state } = await readShared(file)
  const isChecked = state === readNote(file)
  const snapshot = decodeSnapshot(memory, { verify: !isChecked, name: file })
  if (!isChecked) writeNote(file, state)
  return snapshot
}

function readNote(file: string): string | undefined {
  try {
    return readFileSync(`${file}.checked`, 'utf8')
  } catch {
    return undefined
  }
}

/** In a directory that may not be written to, the file is checked at every start. */
function writeNote(file: string, state: string): void {
  try {
    writeFileSync(`${file}.checked`, state, { mode: 0o600 })
  } catch {
    return
  }
}

/** The time of the last change of the inode cannot be set back by a program that writes the file. */
function stateOf({ size, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return [size, ino, mtimeNs, ctimeNs].join(' ')
}

async function readShared(file: string): Promise<{ memory: SharedArrayBuffer; state: string }> {
  const descriptor = await call<number>(done => {
    open(file, 'r', done)
  }).catch((cause: unknown) => {
    throw new ChartcodeError('snapshot-unreadable', `${file}: the compiled dictionary cannot be opened`, {
      cause,
    })
  })
  try {
    const status = await call<BigIntStats>(done => {
      fstat(descriptor, { bigint: true }, done)
    })
    const size = Number(status.size)
    const memory = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(memory)
    for (let at = 0; at < size;) {
      const count = await call<number>(done => {
        read(descriptor, bytes, at, size - at, at, done)
      })
      // Cut off while it was read: the check will say so.
      if (count === 0) return { memory, state: 'cut' }
      at += count
    }
    return { memory, state: stateOf(status) }
  } finally {
    close(descriptor)
  }
}

function call<Value>(start: (done: (error: Error | null, value: Value) => void) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error === null) resolve(value)
      else reject(error)
    })
  })
}
