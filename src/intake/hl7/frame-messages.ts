/**
 * A file of HL7 v2 → its messages, cut where a header begins, without being read. Around them may stand the
 * envelopes of a batch and of a file (FHS BHS … BTS FTS, chapter 2 of the standard) and the block characters
 * of MLLP. An envelope that counts other than what it holds, or has no end, is a reject in its place: what
 * is missing in a nightly export shows there and nowhere else.
 */
import { ChartcodeError } from '../../model/errors.js'
import { MESSAGE_LIMIT } from '../limits.js'
import { rejectOf } from '../note-record.js'
import type { RawInput } from '../raw-input.js'
import type { RawNote } from '../raw-note.js'
import { adviceFor } from '../utf8.js'
import { Envelope } from './envelope.js'
import { readSegmentLines } from './segment-lines.js'

interface OpenMessage {
  readonly line: number
  readonly lines: Uint8Array[]
  size: number
}

export async function* frameMessages(input: RawInput): AsyncGenerator<RawNote> {
  const envelope = new Envelope(input.onControlCount)
  let message: OpenMessage | null = null
  let isStray = false
  for await (const { number, bytes } of readSegmentLines(input.stream, MESSAGE_LIMIT)) {
    const line = bytes === null ? null : number === 1 ? firstLine(bytes, input.id) : withoutBlockSigns(bytes)
    const name = line === null ? '' : segmentName(line)
    if (name === '') {
      if (message !== null) addTo(message, line)
      else if (!isStray && (line === null || !isBlank(line))) {
        isStray = true
        yield strayLine(number)
      }
      continue
    }
    if (message !== null) yield finish(message)
    message = null
    isStray = false
    if (name === 'MSH') {
      envelope.countMessage()
      message = { line: number, lines: [], size: 0 }
      addTo(message, line)
    } else yield* rejects(envelope.take(name, line as Uint8Array, number))
  }
  if (message !== null) yield finish(message)
  yield* rejects(envelope.end())
}

function* rejects(problems: readonly { readonly line: number; readonly what: string }[]): Generator<RawNote> {
  for (const { line, what } of problems)
    yield { kind: 'reject', reject: rejectOf(line, 'input-message', what) }
}

function strayLine(number: number): RawNote {
  const what = `line ${number} stands outside of every message: a message begins with MSH`
  return { kind: 'reject', reject: rejectOf(number, 'input-message', what) }
}

/** Of a message over the limit only its size is kept; a line that alone is over it comes as null. */
function addTo(message: OpenMessage, line: Uint8Array | null): void {
  message.size += line === null ? MESSAGE_LIMIT + 1 : line.length + 1
  if (message.size > MESSAGE_LIMIT) message.lines.length = 0
  else if (line !== null) message.lines.push(line)
}

const SEGMENT_END = Buffer.from('\r')

function finish({ line, lines, size }: OpenMessage): RawNote {
  if (size <= MESSAGE_LIMIT)
    return { kind: 'hl7', line, bytes: Buffer.concat(lines.flatMap(bytes => [bytes, SEGMENT_END])) }
  return {
    kind: 'reject',
    reject: rejectOf(line, 'input-size', `the message is larger than ${MESSAGE_LIMIT / 1024 / 1024} MB`),
  }
}

const HEADERS = new Set(['MSH', 'FHS', 'BHS', 'BTS', 'FTS'])

/** Of a line that begins a message or belongs to an envelope; empty for every other. */
function segmentName(line: Uint8Array): string {
  const [first, second, third, separator] = line
  // `MSH` in a line of text is followed by a letter or a blank.
  if (third === undefined || (separator !== undefined && !isSeparator(separator))) return ''
  const name = String.fromCharCode(first as number, second as number, third)
  return HEADERS.has(name) && (separator !== undefined || name.endsWith('TS')) ? name : ''
}

/** A printable sign of ASCII that is no letter, digit or blank. */
function isSeparator(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f && !/[A-Za-z0-9]/.test(String.fromCharCode(byte))
}

function isBlank(line: Uint8Array): boolean {
  return line.every(byte => byte <= 0x20)
}

const START_BLOCK = 0x0b
const END_BLOCK = 0x1c

/** MLLP: `<VT> message <FS><CR>`. */
function withoutBlockSigns(line: Uint8Array): Uint8Array {
  let [start, end] = [0, line.length]
  while (start < end && line[start] === START_BLOCK) start += 1
  while (end > start && line[end - 1] === END_BLOCK) end -= 1
  return line.subarray(start, end)
}

function firstLine(line: Uint8Array, name: string): Uint8Array {
  if ((line[0] === 0xff && line[1] === 0xfe) || (line[0] === 0xfe && line[1] === 0xff))
    throw new ChartcodeError('input-encoding', `${name} is not valid UTF-8: ${adviceFor(line)}`)
  const hasMark = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf
  return withoutBlockSigns(hasMark ? line.subarray(3) : line)
}
