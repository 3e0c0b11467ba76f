/**
 * Bytes in a character set that their document declares → text, or null where they do not fit it. Nothing
 * is replaced: a wrong byte is an error of the document, not a letter less in the note.
 */
import { isUtf8 } from 'node:buffer'

export type Charset = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be' | IsoPart
/** The parts of ISO 8859 beyond Latin-1 that the platform knows. */
type IsoPart = `iso-8859-${2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | 15}`

/** 0x80 to 0x9F of windows-1252, in order; the five that it does not use stay control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Names that documents use, in lower case without `-`, `_`, `/` and blanks. */
const NAMES: ReadonlyMap<string, Charset> = new Map<string, Charset>([
  ['utf8', 'utf-8'],
  ['unicodeutf8', 'utf-8'],
  ['ascii', 'utf-8'],
  ['usascii', 'utf-8'],
  ['windows1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  // What declares Latin-1 and has bytes from 0x80 to 0x9F was written on Windows.
  ['iso88591', 'windows-1252'],
  ['88591', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ...([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15] as const).flatMap(part => [
    [`iso8859${part}`, `iso-8859-${part}` as const] as const,
    [`8859${part}`, `iso-8859-${part}` as const] as const,
  ]),
])

/** Undefined for a name that is not known. */
export function charsetOf(name: string): Charset | undefined {
  return NAMES.get(name.toLowerCase().replace(/[-_/ ]/g, ''))
}

export function decodeBytes(bytes: Uint8Array, charset: Charset): string | null {
  if (charset === 'utf-8') return isUtf8(bytes) ? asBuffer(bytes).toString('utf8') : null
  if (charset === 'windows-1252') return decodeWindows1252(bytes)
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Of a message that declares nothing: UTF-8 where it can be, for other text is hardly ever valid UTF-8 by chance. */
export function decodeUndeclared(bytes: Uint8Array): string {
  return decodeBytes(bytes, 'utf-8') ?? decodeWindows1252(bytes)
}

/** Not by TextDecoder, which on Node 20 reads 0x80 to 0x9F as control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  return asBuffer(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, sign => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
