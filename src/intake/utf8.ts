/**
 * Bytes → text, UTF-8 or an error: replacement characters would shift every offset behind them.
 * A byte order mark stays in the text, for offsets are those of the file.
 */
import { isUtf8 } from 'node:buffer'
import { ChartcodeError } from '../model/errors.js'

/** `name` says in the error what was read: a path, never content. */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  if (!isUtf8(bytes))
    throw new ChartcodeError('input-encoding', `${name} is not valid UTF-8: ${adviceFor(bytes)}`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

export function adviceFor(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return isUtf16
    ? 'it looks like UTF-16; convert it with `iconv -f UTF-16 -t UTF-8`'
    : 'convert it, e.g. with `iconv -f WINDOWS-1252 -t UTF-8`'
}

/** The text without the mark that some programs write before the first line. */
export function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
