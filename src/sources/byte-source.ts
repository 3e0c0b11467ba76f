/**
 * The bytes of a publisher's file, as every reader takes them: a Node stream is one, so is any
 * async iterable of buffers. Wrappers add what a reader must not do without: an upper limit, and the
 * SHA-256 of what was really read (not of what lay there a moment before).
 */
import { createHash } from 'node:crypto'

import { ChartcodeError } from '../model/errors.js'

export type ByteSource = AsyncIterable<Uint8Array>

/** The largest file of the ICD-10-CM release has 15 MB; four times that is no longer such a file. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024

/** Passes the bytes on and refuses more than `maxBytes`. */
export async function* limitBytes(
  source: ByteSource,
  name: string,
  maxBytes: number = MAX_SOURCE_BYTES,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      throw new ChartcodeError(
        'release-unreadable',
        `${name}: larger than ${maxBytes} bytes, which no file of a release is`,
      )
    }
    yield chunk
  }
}

/** Size and SHA-256 of the bytes that passed; complete once the source is at its end. */
export interface Fingerprint {
  readonly bytes: number
  readonly sha256: string
}

/** A source that is fingerprinted while someone else reads it. */
export function fingerprintWhileReading(source: ByteSource): {
  readonly source: ByteSource
  readonly fingerprint: () => Fingerprint
} {
  const hash = createHash('sha256')
  let bytes = 0
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      bytes += chunk.length
      hash.update(chunk)
      yield chunk
    }
  }
  return { source: pass(), fingerprint: () => ({ bytes, sha256: hash.digest('hex') }) }
}

/** Reads a source to its end for its size and SHA-256 alone. */
export async function fingerprintOf(source: ByteSource): Promise<Fingerprint> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    hash.update(chunk)
  }
  return { bytes, sha256: hash.digest('hex') }
}
