/**
 * The text of one HL7 v2 message → its segments and fields, still as they are written. The delimiters are
 * those that the message itself names in MSH-1 and MSH-2 (HL7 v2.5.1, 2.5.4); `field` and `component` take
 * the escapes out.
 */
import type { Charset } from '../charset.js'
import { delimitersOf, type Delimiters } from './delimiters.js'
import { unescapeText } from './escapes.js'

/** `fields[3]` is what the standard calls XXX-3; for MSH, `fields[1]` is the separator itself. */
export interface Segment {
  readonly name: string
  readonly fields: readonly string[]
}

export interface Message {
  readonly delimiters: Delimiters
  /** Of `\X…\`, and of text in base64 that declares none; undefined where MSH-18 is empty. */
  readonly charset: Charset | undefined
  readonly segments: readonly Segment[]
}

const SEGMENT = /^[A-Z][A-Z0-9]{2}$/

export function splitMessage(text: string, charset: Charset | undefined): Message {
  const delimiters = delimitersOf(text)
  const segments = segmentTexts(text, delimiters.field).map(segment => fieldsOf(segment, delimiters.field))
  return { delimiters, charset, segments }
}

/** A line that begins no segment goes on with the one before: a line break that was not escaped. */
function segmentTexts(text: string, separator: string): string[] {
  const segments: string[][] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const isSegment = SEGMENT.test(line.slice(0, 3)) && (line.length === 3 || line[3] === separator)
    if (isSegment) segments.push([line])
    else segments.at(-1)?.push(line)
  }
  return segments.map(lines => lines.join('\n').trimEnd())
}

function fieldsOf(segment: string, separator: string): Segment {
  const fields = segment.split(separator)
  const name = segment.slice(0, 3)
  return name === 'MSH' ? { name, fields: ['MSH', separator, ...fields.slice(1)] } : { name, fields }
}

/** As it is written; `""`, with which HL7 v2 says that a value is to be deleted, is no value. */
export function field(segment: Segment | undefined, place: number): string {
  const value = segment?.fields[place] ?? ''
  return value === '""' ? '' : value
}

/** A component of the field's first repetition, read; 1-based. Undefined where it is empty. */
export function component(
  message: Message,
  segment: Segment | undefined,
  place: number,
  index: number,
): string | undefined {
  const { delimiters, charset } = message
  const [first = ''] = field(segment, place).split(delimiters.repetition)
  const raw = first.split(delimiters.component)[index - 1] ?? ''
  const value = unescapeText(raw === '""' ? '' : raw, delimiters, charset).trim()
  return value === '' ? undefined : value
}
