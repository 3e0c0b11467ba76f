/**
 * A stream of bytes → its lines, with their numbers, in memory for one line only. Blank lines are counted
 * and left out; a line over the limit is passed over and reported with its number.
 */
export interface Line {
  /** 1-based. */
  readonly number: number
  /** Without the line end; null where the line is over the limit. */
  readonly bytes: Uint8Array | null
}

export interface PlacedLine extends Line {
  /** Range in the stream, without the line end. */
  readonly start: number
  readonly end: number
}

const NEWLINE = 0x0a
/** Above the blank, ASCII has no white space. */
const BLANK = 0x20

export async function* readLines(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<PlacedLine> {
  let number = 0
  let pending: Uint8Array[] = []
  let length = 0
  let position = 0
  const take = (last: Uint8Array): PlacedLine | null => {
    number += 1
    const size = length + last.length
    const isTooLong = size > limit
    const start = position
    position += size + 1
    const bytes = isTooLong ? null : pending.length === 0 ? last : Buffer.concat([...pending, last])
    pending = []
    length = 0
    return bytes === null || !isBlank(bytes) ? { number, start, end: start + size, bytes } : null
  }
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
      const line = take(bytes.subarray(start, at))
      if (line !== null) yield line
      start = at + 1
    }
    length += bytes.length - start
    // Of a line over the limit only its length is kept.
    if (length > limit) pending = []
    else if (start < bytes.length) pending.push(bytes.subarray(start))
  }
  const line = length > 0 ? take(new Uint8Array(0)) : null
  if (line !== null) yield line
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte <= BLANK)
}
