/**
 * One line of NDJSON → a note, or a reject that says what is wrong with which field. This is the one place
 * where a note from outside is validated; unknown fields are left out, and a note without an id is called by
 * the hash of its text. No message repeats a value, for any field may hold a patient's words.
 */
import { z } from 'zod'
import { ChartcodeError, type ErrorCode } from '../model/errors.js'
import type { Note, Reject } from '../model/note.js'
import { isCalendarDate } from './calendar-date.js'
import { NOTE_LIMIT, sizeMessage } from './limits.js'
import { contentId } from './note-ids.js'
import { decodeUtf8, withoutByteOrderMark } from './utf8.js'

const OLDEST = 150

const date = z.string().refine(isCalendarDate, { error: 'is not a calendar date YYYY-MM-DD' })
const text = z.string({ error: 'must be a string' })

/** Exports write `null` for what they do not know, hence `nullish`. */
const noteRecord = z.object({
  id: text.min(1, 'must not be empty').nullish(),
  text,
  setting: z.enum(['outpatient', 'inpatient'], { error: 'must be outpatient or inpatient' }).nullish(),
  dateOfService: date.nullish(),
  patient: z
    .object({
      id: text.nullish(),
      birthDate: date.nullish(),
      age: z
        .number({ error: 'must be a number of years' })
        .min(0, 'must not be negative')
        .max(OLDEST, `must be at most ${OLDEST}`)
        .nullish(),
      sex: z.enum(['F', 'M', 'X'], { error: 'must be F, M or X' }).nullish(),
    })
    .nullish(),
  facility: text.nullish(),
  type: text.nullish(),
  author: text.nullish(),
})

export function isReject(read: Note | Reject): read is Reject {
  return 'error' in read
}

export function rejectOf(line: number, code: ErrorCode, message: string, id?: string): Reject {
  return { line, ...(id === undefined ? {} : { id }), error: { code, message } }
}

/** One line of NDJSON; `shape`: the object that the message asks for. */
export function parseJsonLine(bytes: Uint8Array, line: number, shape: string): { value: unknown } | Reject {
  try {
    return { value: JSON.parse(withoutByteOrderMark(decodeUtf8(bytes, `line ${line}`))) }
  } catch (error) {
    return error instanceof ChartcodeError
      ? rejectOf(line, error.code, error.message)
      : rejectOf(line, 'input-line', `line ${line} is not valid JSON: write one object ${shape} a line`)
  }
}

export function parseNoteObject(value: unknown, line: number): Note | Reject {
  const id = idOf(value)
  const parsed = noteRecord.safeParse(value)
  if (!parsed.success) return rejectOf(line, codeOf(parsed.error, value), messageOf(parsed.error, value), id)
  if (isTooLarge(parsed.data.text)) return rejectOf(line, 'input-size', sizeMessage('the note'), id)
  return { id: id ?? contentId(parsed.data.text), ...withoutNulls(parsed.data) } as Note
}

/** `__proto__` and the like as keys do no harm here: only own properties of parsed JSON are read. */
function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const id = (value as { readonly id?: unknown }).id
  return typeof id === 'string' && id !== '' ? id : undefined
}

function codeOf(error: z.ZodError, value: unknown): ErrorCode {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'input-line'
  return error.issues[0]?.path.at(-1) === 'dateOfService' ? 'date-invalid' : 'input-note'
}

function messageOf(error: z.ZodError, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'the line is no object: write one object {"id", "text", …} a line'
  return error.issues
    .map(
      issue => `${issue.path.join('.')} ${issue.path.length === 0 ? issue.message : wordsOf(issue.message)}`,
    )
    .join('; ')
}

/** Every rule above has words of its own; what else zod may say begins with "Invalid". */
function wordsOf(message: string): string {
  return message.startsWith('Invalid') ? 'has the wrong type' : message
}

function isTooLarge(content: string): boolean {
  // A UTF-16 unit is at most three bytes, so short notes are not measured.
  return content.length * 3 > NOTE_LIMIT && Buffer.byteLength(content, 'utf8') > NOTE_LIMIT
}

/** A note that was read from a message or a document, or a reject where its text is over the limit. */
export function checkedSize(note: Note, line: number): Note | Reject {
  return isTooLarge(note.text) ? rejectOf(line, 'input-size', sizeMessage('the note'), note.id) : note
}

function withoutNulls(value: object): object {
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== undefined)
  return Object.fromEntries(
    kept.map(([key, item]) => [
      key,
      typeof item === 'object' ? withoutNulls(item as object) : (item as unknown),
    ]),
  )
}
