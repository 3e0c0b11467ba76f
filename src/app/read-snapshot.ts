/**
 * A snapshot file → an open snapshot, read on a thread of the platform's pool: while 25 MB come in, the
 * program loads its engine. `dictionary/snapshot/decode.ts` has the same for callers that cannot wait.
 */
import { close, fstat, open, read } from 'node:fs'
import { promisify } from 'node:util'
import { decodeSnapshot, type Snapshot } from '../dictionary/snapshot/decode.js'
import { ChartcodeError } from '../model/errors.js'

export async function readSnapshot(file: string): Promise<Snapshot> {
  return decodeSnapshot(await readShared(file), { verify: true, name: file })
}

async function readShared(file: string): Promise<SharedArrayBuffer> {
  const descriptor = await promisify(open)(file, 'r').catch((cause: unknown) => {
    throw new ChartcodeError('snapshot-unreadable', `${file}: the compiled dictionary cannot be opened`, { cause })
  })
  try {
    const { size } = await promisify(fstat)(descriptor)
    const memory = new SharedArrayBuffer(size)
    const bytes = new Uint8Array(memory)
    for (let at = 0; at < size; ) {
      const { bytesRead } = await promisify(read)(descriptor, bytes, at, size - at, at)
      // Cut off while it was read: the hash will say so.
      if (bytesRead === 0) break
      at += bytesRead
    }
    return memory
  } finally {
    await promisify(close)(descriptor)
  }
}
