/**
 * The forms in which a string gets out without being readable: every way of writing that is on the path of a
 * note (JSON, URLs, HTML, base64 at any place of a larger text, UTF-16, hexadecimal as PostgreSQL writes bytes, the
 * escapes of Redis). Case does not count in any of them: the scanner looks without it.
 *
 * Not found: what is compressed or encrypted, and a hash. Runs must switch compression off.
 */
import type { Canary } from './strings.js'

export interface Needle {
  readonly canary: string
  readonly form: string
  readonly bytes: Buffer
}

/** A line cut off at a width still shows this much of a long string. */
const CUT = 24

export function needlesOf({ id, text }: Canary): Needle[] {
  const parts: readonly (readonly [string, string])[] =
    text.length > 2 * CUT
      ? [
          ['', text],
          ['start, ', text.slice(0, CUT)],
          ['end, ', text.slice(-CUT)],
        ]
      : [['', text]]
  const all = parts.flatMap(([part, of]) =>
    formsOf(of).map(([form, bytes]) => ({ canary: id, form: part + form, bytes })),
  )
  // Of forms that are the same bytes the first one stays.
  return all.filter((one, at) => all.findIndex(other => other.bytes.equals(one.bytes)) === at)
}

function formsOf(text: string): (readonly [form: string, bytes: Buffer])[] {
  const utf8 = Buffer.from(text)
  const written: readonly (readonly [string, string])[] = [
    ['raw', text],
    ['lower case', text.toLowerCase()],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON in ASCII', escapeUnicode(JSON.stringify(text).slice(1, -1))],
    ['JSON in JSON', JSON.stringify(JSON.stringify(text)).slice(3, -3)],
    ['URL', encodeURIComponent(text)],
    ['URL of a form', new URLSearchParams({ x: text }).toString().slice(2)],
    ['path of a URL', encodeURI(text)],
    ['HTML', escapeHtml(text)],
    ['hexadecimal', utf8.toString('hex')],
    ['escapes of Redis', escapeBytes(utf8)],
    ...base64Forms(utf8),
  ]
  const little = Buffer.from(text, 'utf16le')
  return [
    ...written.map(([form, string]) => [form, Buffer.from(string)] as const),
    ['UTF-16LE', little],
    ['UTF-16BE', Buffer.from(little).swap16()],
  ]
}

/**
 * Three bytes are four letters, so what a string becomes depends on its place: with 0, 1 or 2 bytes of
 * another group before it. What is whole groups inside the string is the same in every text around it.
 */
function base64Forms(utf8: Buffer): (readonly [string, string])[] {
  return [0, 1, 2].flatMap(before => {
    const start = (3 - before) % 3
    const whole = utf8.subarray(start, utf8.length - ((utf8.length - start) % 3))
    return [
      [`base64 after ${before}`, whole.toString('base64')] as const,
      [`base64url after ${before}`, whole.toString('base64url')] as const,
    ]
  })
}

function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, mark => names[mark] ?? mark)
}

/** As in SLOWLOG on a terminal, MONITOR and `redis-cli`. */
function escapeBytes(utf8: Buffer): string {
  const escaped = Array.from(utf8, byte => {
    if (byte === 0x0a) return '\\n'
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
    return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte)
  })
  return escaped.join('')
}
