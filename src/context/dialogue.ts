/**
 * Turns of a dialogue. A speaker's name opens a line and ends with a colon, or stands in brackets.
 *
 *   Doctor: Any chest pain?       the question is no doubt
 *   Patient: No.                  a bare answer holds for the question
 *   Mother: He has had croup.     the mother speaks; the croup is the child's
 */
import { GAP, type Document } from '../model/document.js'
import { HARD_STOP } from './layout.js'

const SPEAKERS: ReadonlySet<string> = new Set(
  (
    'doctor dr physician provider clinician nurse np pa therapist interviewer examiner resident student dentist ' +
    'patient pt client caller mother father mom mum dad parent guardian caregiver wife husband spouse partner ' +
    'son daughter sister brother friend interpreter family guest'
  ).split(' '),
)
const SUBJECTS: ReadonlySet<string> = new Set(
  "he she it they i we you my his her our their yes yeah no nope well so and oh um uh okay ok he's she's i'm".split(
    ' ',
  ),
)

/** Whether a turn begins at `token`. */
export function isSpeaker(document: Document, token: number): boolean {
  const { count, gap, start, end } = document.tokens
  if (token < 0 || token >= count || !((gap[token] as number) & (GAP.newline | GAP.sentence))) return false
  if (!((gap[token + 1] as number) & (GAP.colon | GAP.paren)) || (gap[token + 1] as number) & GAP.newline)
    return false
  return SPEAKERS.has(document.text.slice(start[token], end[token]).toLowerCase())
}

/** Whether the speaker at `token` tells something himself: `Mother: he has …`, not `Mother: diabetes`. */
export function speaks(document: Document, token: number): boolean {
  const { count, start, end } = document.tokens
  if (!isSpeaker(document, token) || token + 1 >= count) return false
  return SUBJECTS.has(document.text.slice(start[token + 1], end[token + 1]).toLowerCase())
}

/** First token of the question that the turn of the speaker at `token` answers, or -1. */
export function questionBefore(document: Document, token: number): number {
  const { text, tokens } = document
  if (token <= 0 || !isSpeaker(document, token)) return -1
  const between = text.slice((tokens.end[token - 1] as number) - 1, tokens.start[token])
  if (!between.includes('?')) return -1
  let first = token - 1
  while (first > 0 && !((tokens.gap[first] as number) & (HARD_STOP | GAP.colon))) first--
  return first
}
