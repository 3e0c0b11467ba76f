/**
 * A cue and what stands around it → the directions it reaches in: `no` behind a label and alone is the
 * label's value, `resolved` at the head of an item holds for what follows, a year for what happened in it.
 */
import type { TriggerRow } from '../model/dictionary.js'
import { GAP, type Document } from '../model/document.js'
import { BACKWARD, CLASS_BIT, FIELD, FORWARD } from './axes.js'
import { directionOfYear, isBeginning, isNumber } from './dates.js'
import { isSpeaker } from './dialogue.js'
import type { Hits } from './hits.js'
import { endsBefore, HARD_STOP, labelFollows, standsBehindLabel, timeFollows } from './layout.js'
import type { Trigger } from './trigger.js'

/** What a direction depends on beside the cue. */
export interface Surroundings {
  readonly document: Document
  /** The hits before the cue. */
  readonly hits: Hits
  readonly noteYear: () => number
}

/** Directions of the cue in the tokens `[first, past)` as bits; 0 where it says nothing here. */
export function directionOf(around: Surroundings, trigger: Trigger, first: number, past: number): number {
  const { document, hits } = around
  const { row } = trigger
  if (row.direction === 'dated') return directionOfYear(document, first, around.noteYear)
  if (row.opensItem && opensItem(document, first)) return directionOfOpening(document, row, first, past)
  if (isDiagnosis(document, row, first)) return 0
  if (row.phrase === '?') return directionOfQuestionMark(document, first, past)
  if (row.phrase === '+') return directionOfPlus(document, first, past)
  if (row.direction === 'either') return endsBefore(document, past) ? BACKWARD : FORWARD
  if (!row.isFieldValue) return trigger.direction
  const isAlone = endsBefore(document, past)
  const isBehindMark = isBehindQuestion(first, hits)
  if (isBehindMark) hits.direction[hits.count - 1] = 0 // a question that is answered is no doubt
  const isBehindLabel =
    isBehindMark ||
    standsBehindLabel(document, first) ||
    standsBehindLabel(document, firstOfClause(document, first, hits))
  if (isBehindLabel && (isAlone || labelFollows(document, past) || timeFollows(document, past)))
    return BACKWARD | FIELD
  if (row.direction === 'field')
    return isAlone && row.phrase.length > 2 && isInItem(document, first) ? BACKWARD : 0
  if (isAlone && isInItem(document, first)) return BACKWARD
  return trigger.direction
}

/** `Resolved rash` holds for what follows; `1. Pneumonia. Resolved.` for the sentence before. */
function directionOfOpening({ tokens }: Document, row: TriggerRow, first: number, past: number): number {
  const flags = tokens.gap[first] as number
  const isSentence = past >= tokens.count || ((tokens.gap[past] as number) & HARD_STOP) !== 0
  const isAfterthought = first > 0 && (flags & GAP.period) !== 0 && !(flags & (GAP.newline | GAP.item))
  return row.isFieldValue && isSentence && isAfterthought ? BACKWARD | FIELD : FORWARD
}

/** `diagnosed 20 years ago`, `diagnosed at age 22`: what was found then may still be there. */
function isDiagnosis(document: Document, row: TriggerRow, first: number): boolean {
  const isTime = row.needsNumber || row.phrase.endsWith(' ago')
  return isTime && isBeginning(document, first)
}

const NUMBER_WORDS = new Set(
  'a one two three four five six seven eight nine ten many several few some about over'.split(' '),
)

/** Nothing stands before it in its item but a number: `Resolved rash`, `Two years ago he had`. */
function opensItem(document: Document, token: number): boolean {
  const { start, end, gap } = document.tokens
  if (token === 0 || (gap[token] as number) & HARD_STOP) return true
  const isCounted =
    isNumber(document, token - 1) ||
    NUMBER_WORDS.has(document.text.slice(start[token - 1], end[token - 1]).toLowerCase())
  return isCounted && opensItem(document, token - 1)
}

/** Something of the same item stands before the token. */
function isInItem(document: Document, token: number): boolean {
  return token > 0 && !endsBefore(document, token)
}

/** `Suicidal ideation: the patient denies`: the subject between label and answer belongs to the answer. */
function firstOfClause(document: Document, first: number, hits: Hits): number {
  const last = hits.count - 1
  const isSubject =
    last >= 0 && hits.end[last] === first && ((hits.trigger[last]?.classes ?? 0) & CLASS_BIT.subject) !== 0
  if (!isSubject) return first
  const subject = hits.first[last] as number
  const { start, end } = document.tokens
  const before = subject - 1
  return before >= 0 && document.text.slice(start[before], end[before]).toLowerCase() === 'the'
    ? before
    : subject
}

function isBehindQuestion(first: number, hits: Hits): boolean {
  const last = hits.count - 1
  return last >= 0 && hits.end[last] === first && hits.trigger[last]?.row.phrase === '?'
}

/** `PE?` backward, `?PE` forward. */
function directionOfQuestionMark(document: Document, first: number, past: number): number {
  const { gap, count } = document.tokens
  const isTightBefore = first > 0 && ((gap[first] as number) & GAP.tight) !== 0
  const isTightBehind = past < count && ((gap[past] as number) & GAP.tight) !== 0
  // The doctor's question in a dialogue is no doubt; the next turn answers it.
  if (isSpeaker(document, past)) return 0
  if (isTightBefore && !isTightBehind) return BACKWARD
  return isTightBehind || !endsBefore(document, past) ? FORWARD : BACKWARD
}

/** `+SOB` forward, `SOB +,` and `SOB (+)` backward; `2+` and `A + B` say nothing. */
function directionOfPlus(document: Document, first: number, past: number): number {
  const { gap, count } = document.tokens
  const before = gap[first] as number
  if (first > 0 && before & GAP.tight) return 0
  if (past < count && (gap[past] as number) & GAP.tight) return FORWARD
  if (endsBefore(document, past)) return BACKWARD
  if (before & GAP.paren) return isInItem(document, first) ? BACKWARD : FORWARD
  return first === 0 || endsBefore(document, first) || before & GAP.colon ? FORWARD : 0
}
