/**
 * Bytes of a message → its text, in the character set that MSH-18 names (table 0211), or, where it is empty,
 * in UTF-8 or else windows-1252. ASCII with bytes above 0x7F is a sender's mistake of the same kind.
 */
import { ChartcodeError } from '../../model/errors.js'
import { charsetOf, decodeBytes, decodeUndeclared, type Charset } from '../charset.js'
import { delimitersOf } from './delimiters.js'

export interface DecodedMessage {
  readonly text: string
  /** Undefined where the message does not say. */
  readonly charset: Charset | undefined
}

const CHARACTER_SET = 18
/** A header is longer only by mistake. */
const LONGEST_HEADER = 64 * 1024

export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  const charset = declaredCharset(bytes)
  if (charset === undefined) return { text: decodeUndeclared(bytes), charset }
  const text = decodeBytes(bytes, charset)
  if (text !== null) return { text, charset }
  throw new ChartcodeError(
    'input-encoding',
    `the message is not in the character set that MSH-18 names (${charset})`,
  )
}

function declaredCharset(bytes: Uint8Array): Charset | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_HEADER)).toString('latin1')
  const [header = ''] = start.split(/[\r\n]/, 1)
  const delimiters = delimitersOf(header)
  // MSH-1 is the separator itself, so MSH-18 is the 17th piece behind the name.
  const field = header.split(delimiters.field)[CHARACTER_SET - 1] ?? ''
  const name = (field.split(delimiters.repetition)[0] ?? '').trim()
  if (name === '' || name === '""' || /^(?:us-?)?ascii$/i.test(name)) return undefined
  const charset = charsetOf(name)
  if (charset !== undefined) return charset
  throw new ChartcodeError(
    'input-message',
    'MSH-18 names a character set that is not read: ASCII, 8859/1 to 8859/15 and UNICODE UTF-8 are',
  )
}
