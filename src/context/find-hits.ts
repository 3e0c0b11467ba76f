/**
 * Document → the triggers and layout signs in it, longest first and without overlaps, each with the directions
 * that it reaches in.
 */
import type { PhraseTable, TriggerRow } from '../model/dictionary.js'
import { GAP, type Document } from '../model/document.js'
import { BACKWARD, FIELD } from './axes.js'
import { BoxLines } from './box-lines.js'
import { directionOf, type Surroundings } from './cue-direction.js'
import { isNumber, yearOfNote } from './dates.js'
import type { Hits } from './hits.js'
import { endsBefore, minusBetween } from './layout.js'
import { SIGNS, type Trigger } from './trigger.js'

export type TriggerOf = (row: number) => Trigger

/** `wanted`: sentence → 0 where the search may be left out; `serviceYear`: of the encounter, where it is known. */
export function findHits(
  document: Document,
  table: PhraseTable<TriggerRow>,
  triggerOf: TriggerOf,
  hits: Hits,
  wanted: Uint8Array | undefined,
  serviceYear: number | undefined,
): void {
  const { text, tokens, sentences, checkBoxes } = document
  const { count, end } = tokens
  const boxes = checkBoxes.length === 0 ? undefined : new BoxLines(text, checkBoxes)
  let noteYear: number | undefined
  const search: Search = {
    document,
    table,
    triggerOf,
    hits,
    boxes,
    noteYear: () => (noteYear ??= yearOfNote(text, serviceYear)),
  }
  hits.count = 0
  let token = 0
  for (let sentence = 0; sentence < sentences.count; sentence++) {
    // A box rules its line, whatever the sentences are.
    if (wanted !== undefined && boxes === undefined && wanted[sentence] === 0) continue
    token = Math.max(token, sentences.first[sentence] as number)
    token = searchTokens(search, token, sentences.first[sentence + 1] as number)
  }
  if (count > 0) addMinusAtEnd(document, end[count - 1] as number, hits)
  const last = boxes?.before(text.length)
  if (last !== undefined) boxes?.addSign(last, count, hits)
}

interface Search extends Surroundings {
  readonly table: PhraseTable<TriggerRow>
  readonly triggerOf: TriggerOf
  readonly boxes: BoxLines | undefined
}

/** Hits that begin in the tokens `[first, past)`; answers the token behind the last of them, at least `past`. */
function searchTokens(search: Search, first: number, past: number): number {
  const { document, table, triggerOf, hits, boxes } = search
  const { start, id, gap } = document.tokens
  const { starts } = table
  let token = first
  while (token < past) {
    const isHyphenated = ((gap[token] as number) & GAP.hyphen) !== 0
    const mayStart = starts[id[token] as number] !== 0
    // Most tokens are done here.
    if (!mayStart && !isHyphenated && boxes === undefined) {
      token++
      continue
    }
    const box = boxes?.before(start[token] as number)
    const found = mayStart ? longestCue(document, table, token) : 0
    let behind = token + (found & 15)
    const row = found === 0 ? undefined : triggerOf(found >> 4)
    // The hyphen of `-ve` is a part of its cue.
    if (isHyphenated && row?.row.needsHyphen !== true) addMinus(document, token, hits)
    if (row?.isPlain === true && box === undefined) {
      hits.add(row, token, behind, row.direction)
      token = behind
      continue
    }
    const trigger = row === undefined ? undefined : asSpelled(document, row, token, behind)
    if (trigger === undefined) {
      if (box !== undefined) boxes?.addSign(box, token, hits)
      token++
      continue
    }
    const boxBehind = trigger.row.isFieldValue ? boxes?.rightBehind(document, behind) : undefined
    if (boxBehind !== undefined) {
      if (boxBehind.checked) hits.add(trigger, token, behind, BACKWARD | FIELD)
    } else if (box !== undefined && trigger.row.isFieldValue && isAnswer(document, behind, boxes)) {
      if (box.checked) hits.add(trigger, token, behind, BACKWARD | FIELD)
    } else {
      if (box !== undefined) boxes?.addSign(box, token, hits)
      if (trigger.row.needsNumber) behind++
      hits.add(trigger, token, behind, directionOf(search, trigger, token, behind))
    }
    token = behind
  }
  return token
}

/**
 * The longest cue from `token` on, as {@link PhraseTable.longest} gives it, unless one as long begins inside
 * it and reaches further: in `was not complaining of` the cue is `not complaining of`, and `was not` is cut back to `was`.
 */
function longestCue({ tokens }: Document, table: PhraseTable<TriggerRow>, token: number): number {
  const { id, gap, count } = tokens
  const found = table.longest(id, gap, token, count)
  const length = found & 15
  for (let inner = token + 1; inner < token + length; inner++) {
    const other = table.longest(id, gap, inner, count) & 15
    if (other >= length && inner + other > token + length) return table.longest(id, gap, token, inner)
  }
  return found
}

/** `[x] Yes [ ] No`: the answer ends the item or the next box follows. */
function isAnswer(document: Document, past: number, boxes: BoxLines | undefined): boolean {
  if (endsBefore(document, past)) return true
  return boxes !== undefined && boxes.startsBefore(document.tokens.start[past] as number)
}

/** Of the rows with these word ids the one that the note's spelling means. */
function asSpelled(document: Document, trigger: Trigger, first: number, past: number): Trigger | undefined {
  if (
    trigger.row.needsHyphen &&
    document.text.charCodeAt((document.tokens.start[first] as number) - 1) !== 0x2d
  )
    return undefined
  if (trigger.row.needsNumber && !isNumber(document, past)) return undefined
  if (trigger.homographs.length === 0 && !trigger.row.isExact) return trigger
  if (isSpelledSo(document, trigger, first, past)) return trigger
  const exact = trigger.homographs.find(homograph => isSpelledSo(document, homograph, first, past))
  return exact ?? (trigger.row.isExact ? undefined : trigger)
}

function isSpelledSo(document: Document, trigger: Trigger, first: number, past: number): boolean {
  const { start, end } = document.tokens
  for (let token = first; token < past; token++)
    if ((end[token] as number) - (start[token] as number) !== trigger.wordLengths[token - first]) return false
  return true
}

function addMinus(document: Document, token: number, hits: Hits): void {
  const { start, end } = document.tokens
  const from = token === 0 ? 0 : (end[token - 1] as number)
  const to = start[token] as number
  if (to - from < 2) return
  const minus = minusBetween(document.text, from, to)
  if (minus !== undefined) addSign(minus, token, hits)
}

/** The stretch behind the last token has no gap flags of its own. */
function addMinusAtEnd(document: Document, from: number, hits: Hits): void {
  const { text, tokens } = document
  const minus = minusBetween(text, from, text.length)
  if (minus !== undefined) addSign(minus, tokens.count, hits)
}

function addSign(minus: { from: number; to: number; isBefore: boolean }, token: number, hits: Hits): void {
  const sign = minus.isBefore ? SIGNS.minusBefore : SIGNS.minusBehind
  hits.addSign(sign, token, minus.from, minus.to)
}
