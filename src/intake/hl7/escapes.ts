/**
 * The escapes of HL7 v2 text → what they stand for (HL7 v2.5.1, 2.7; formatting commands 2.7.6). What only
 * looks like an escape stays as it is written: notes say `N\V`, and an escape that was never meant must not
 * eat their words.
 *
 *   \F\ \S\ \T\ \R\ \E\   the delimiters        \.br\ \.sp3\ \.ce\   line breaks
 *   \H\ \N\               highlighting          \X0D0A\              bytes in hexadecimal
 *   \.in4\ \.fi\ …        layout                \C2842\ \M2842..\    switches of the character set
 */
import { decodeBytes, decodeUndeclared, type Charset } from '../charset.js'
import type { Delimiters } from './delimiters.js'

export function unescapeText(raw: string, delimiters: Delimiters, charset: Charset | undefined): string {
  const { escape } = delimiters
  if (!raw.includes(escape)) return raw
  const pieces: string[] = []
  let at = 0
  for (;;) {
    const open = raw.indexOf(escape, at)
    const close = open < 0 ? -1 : raw.indexOf(escape, open + 1)
    if (close < 0) return pieces.join('') + raw.slice(at)
    const meaning = meaningOf(raw.slice(open + 1, close), delimiters, charset)
    pieces.push(raw.slice(at, open), meaning ?? escape)
    at = meaning === undefined ? open + 1 : close + 1
  }
}

/** Undefined for what is no escape. */
function meaningOf(body: string, delimiters: Delimiters, charset: Charset | undefined): string | undefined {
  switch (body) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'T':
      return delimiters.subcomponent
    case 'R':
      return delimiters.repetition
    case 'E':
      return delimiters.escape
    case 'H':
    case 'N':
      return ''
    default:
      return body.startsWith('.') ? layoutOf(body.slice(1)) : bytesOf(body, charset)
  }
}

/** `.sp2` ends the line and skips two; `.ce` ends it and centres the next; the rest is margins. */
function layoutOf(command: string): string | undefined {
  const match = /^(br|sp|sk|ce|in|ti|fi|nf)([+-]?\d{0,3})$/.exec(command)
  if (match === null) return undefined
  const [, name, number] = match
  const count = Math.min(Math.abs(Number(number)) || 1, MOST_LINES)
  if (name === 'br' || name === 'ce') return '\n'
  if (name === 'sp') return '\n'.repeat(count)
  return name === 'sk' ? ' '.repeat(count) : ''
}

/** `\.sp999\` is a page, not a thousand lines. */
const MOST_LINES = 60

/** Bytes that do not fit the message's character set stay as they are written. */
function bytesOf(body: string, charset: Charset | undefined): string | undefined {
  // Character sets are switched for one escape by ISO 2022; all text is read in the set of MSH-18.
  if (/^(?:C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4}(?:[0-9A-Fa-f]{2})?)$/.test(body)) return ''
  if (!/^X(?:[0-9A-Fa-f]{2})+$/.test(body)) return undefined
  const bytes = Buffer.from(body.slice(1), 'hex')
  const text = charset === undefined ? decodeUndeclared(bytes) : decodeBytes(bytes, charset)
  return text?.replace(/\r\n?/g, '\n')
}
