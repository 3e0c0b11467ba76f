/**
 * A stream of bytes → its lines, whatever ends them: HL7 v2 says CR, files that passed an editor or a
 * mail gateway have LF or CRLF. Blank lines come out too, for within a text they mean something.
 */
import type { Line } from '../lines.js'

const RETURN = 0x0d
const NEWLINE = 0x0a

/** Only a line over the limit is null, as in `readLines`. */
export async function* readSegmentLines(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Line> {
  let number = 0
  let pending: Uint8Array[] = []
  let length = 0
  let isAfterReturn = false
  const take = (last: Uint8Array): Line => {
    number += 1
    const isTooLong = length + last.length > limit
    const bytes = isTooLong ? null : pending.length === 0 ? last : Buffer.concat([...pending, last])
    pending = []
    length = 0
    return { number, bytes }
  }
  for await (const bytes of stream) {
    if (bytes.length === 0) continue
    let start = isAfterReturn && bytes[0] === NEWLINE ? 1 : 0
    isAfterReturn = bytes.at(-1) === RETURN
    for (let at = endOfLine(bytes, start); at < bytes.length; at = endOfLine(bytes, start)) {
      yield take(bytes.subarray(start, at))
      start = bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? at + 2 : at + 1
    }
    length += bytes.length - start
    // Of a line over the limit only its length is kept.
    if (length > limit) pending = []
    else if (start < bytes.length) pending.push(bytes.subarray(start))
  }
  if (length > 0) yield take(new Uint8Array(0))
}

function endOfLine(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== RETURN && bytes[at] !== NEWLINE) at += 1
  return at
}
