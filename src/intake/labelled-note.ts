/**
 * One line of NDJSON → a note with labels: the codes that people gave it, and spans that they marked. Several
 * shapes of gold sets are understood: codes as strings or as `{code, accept}`; spans as `mentions` with
 * `start` and `end`, or as `annotations` with `begin`, `end` and the codes that they map to.
 */
import { z } from 'zod'
import type { Reject } from '../model/note.js'
import { parseJsonLine, rejectOf } from './note-record.js'

export interface LabelledNote {
  readonly text: string
  /** A label and the codes that are equally right for it. */
  readonly codes: readonly (readonly string[])[]
  readonly mentions: readonly { readonly start: number; readonly end: number }[]
}

const offset = z.number().int().min(0)
const code = z.union([
  z.string().transform(given => [given]),
  z
    .object({ code: z.string(), accept: z.array(z.string()).nullish() })
    .transform(({ code: given, accept }) => [given, ...(accept ?? [])]),
])
const labelledNote = z.object({
  text: z.string(),
  codes: z.array(code).nullish(),
  mentions: z.array(z.object({ start: offset, end: offset })).nullish(),
  annotations: z
    .array(z.object({ begin: offset, end: offset, icd10cm: z.array(z.string()).nullish() }))
    .nullish(),
})

export function parseLabelledLine(bytes: Uint8Array, line: number): LabelledNote | Reject {
  const read = parseJsonLine(bytes, line, '{"text", "codes"?, "mentions"?}')
  if ('error' in read) return read
  const { success, data, error } = labelledNote.safeParse(read.value)
  if (!success) {
    const field = error.issues[0]?.path.join('.') ?? ''
    return rejectOf(line, 'input-note', `${field === '' ? 'the line' : field} has the wrong type`)
  }
  const annotations = (data.annotations ?? []).filter(({ icd10cm }) => (icd10cm ?? []).length > 0)
  return {
    text: data.text,
    codes: data.codes ?? [],
    mentions: data.mentions ?? annotations.map(({ begin, end }) => ({ start: begin, end })),
  }
}
