/** One line of `assert`'s NDJSON → text and span, or a reject. Messages repeat no value, as in `note-record.ts`. */
import { z } from 'zod'
import type { Reject } from '../model/note.js'
import { parseJsonLine, rejectOf } from './note-record.js'

const offset = z
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(0, 'must not be negative')

const spanRecord = z
  .object({
    id: z.string({ error: 'must be a string' }).min(1, 'must not be empty'),
    text: z.string({ error: 'must be a string' }),
    start: offset,
    end: offset,
  })
  .refine(({ start, end }) => start <= end, { path: ['end'], error: 'must not be before start' })
  .refine(({ text, end }) => end <= text.length, { path: ['end'], error: 'is behind the end of the text' })

export type SpanRecord = Readonly<z.infer<typeof spanRecord>>

export function parseSpanLine(bytes: Uint8Array, line: number): SpanRecord | Reject {
  const read = parseJsonLine(bytes, line, '{"id", "text", "start", "end"}')
  if ('error' in read) return read
  const { value } = read
  const parsed = spanRecord.safeParse(value)
  if (parsed.success) return parsed.data
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  const message = parsed.error.issues
    .map(issue => `${issue.path.join('.')} ${issue.message}`.trim())
    .join('; ')
  return rejectOf(line, 'input-note', message, typeof id === 'string' && id !== '' ? id : undefined)
}
