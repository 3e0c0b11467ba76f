/**
 * A gzip stream → what it holds, as a stream. Throws `input-archive` where it is damaged or cut, and where
 * it unpacks to more than any export does: a bomb is stopped after 64 MB, long before it fills a disk.
 */
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ChartcodeError } from '../../model/errors.js'
import { RATIO_LIMIT, RATIO_MATTERS_FROM, UNPACKED_LIMIT } from '../limits.js'

export async function* gunzip(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  let packed = 0
  let unpacked = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const bytes of stream) {
      packed += bytes.length
      yield bytes
    }
  }
  const unzip = createGunzip({ chunkSize: CHUNK_SIZE })
  // An error of either end reaches the loop below by way of the last stream.
  const output = pipeline(Readable.from(counted(), { objectMode: false }), unzip, () => undefined)
  try {
    for await (const bytes of output as AsyncIterable<Uint8Array>) {
      unpacked += bytes.length
      checkSize(packed, unpacked, name)
      yield bytes
    }
  } catch (cause) {
    throw damaged(cause, name)
  } finally {
    output.destroy()
  }
}

/** What one step may unpack to beyond the limit. */
const CHUNK_SIZE = 256 * 1024

function checkSize(packed: number, unpacked: number, name: string): void {
  if (unpacked > RATIO_MATTERS_FROM && unpacked > packed * RATIO_LIMIT)
    throw new ChartcodeError(
      'input-archive',
      `${name} unpacks to more than ${RATIO_LIMIT} times its size: no text does`,
    )
  if (unpacked > UNPACKED_LIMIT)
    throw new ChartcodeError('input-archive', `${name} unpacks to more than 64 GiB: split it`)
}

/** zlib's errors have codes `Z_…`; what the input itself failed with goes on up. */
function damaged(cause: unknown, name: string): unknown {
  const code = (cause as NodeJS.ErrnoException).code
  if (cause instanceof ChartcodeError || code === undefined || !code.startsWith('Z_')) return cause
  return new ChartcodeError('input-archive', `${name} is no whole gzip file: copy it again`, { cause })
}
