/**
 * Years and what stands around them → whether they put a mention into the past. A year is past where it is
 * before the note's own; which that is, the encounter says, or else the latest full date in the text.
 *
 *   Bell palsy in 2009 · hip fracture (2011) · MI 2009, CABG 2010      backward
 *   In 2009 he had a stroke · 3/2011: hip fracture                     forward
 *   hospitalized in 2015 for pneumonia                                 both
 *   since 2009 · diagnosed with lupus in 2009                          neither: it began then
 *   at 2030 · 2015: fell · in 2000 mL                                  neither: a time of day, an amount
 */
import { GAP, type Document } from '../model/document.js'
import { BACKWARD, FORWARD } from './axes.js'
import { endsBefore, HARD_STOP } from './layout.js'

const YEAR = /(?:19|20|21)\d\d/g
/** `3/4/`, `03-04-`, `March 4, ` before a year; `-03-04` behind it. */
const DAY_BEFORE = /(?:\b\d{1,2}[/-]\d{1,2}[/-]|[A-Z][a-z]{2,8} \d{1,2}, )$/
const DAY_BEHIND = /^-\d\d-\d\d/
const LONGEST_DAY = 14

/** `serviceYear` wins; a note without any full date lies after every year that it names. */
export function yearOfNote(text: string, serviceYear: number | undefined): number {
  if (serviceYear !== undefined) return serviceYear
  let latest = 0
  for (const { 0: year, index } of text.matchAll(YEAR)) {
    if (Number(year) <= latest) continue
    const before = text.slice(Math.max(0, index - LONGEST_DAY), index)
    if (DAY_BEFORE.test(before) || DAY_BEHIND.test(text.slice(index + 4, index + 10))) latest = Number(year)
  }
  return latest === 0 ? Number.POSITIVE_INFINITY : latest
}

export function isNumber({ text, tokens }: Document, token: number): boolean {
  if (token >= tokens.count) return false
  const unit = text.charCodeAt(tokens.start[token] as number)
  return unit >= 0x30 && unit <= 0x39
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const PARTS_OF_DATE = words(
  'january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'spring summer fall autumn winter early late mid beginning end middle of the / ~',
)
const AT_THAT_TIME = words('in on during circa until through dated')
const AMOUNTS = words(
  'mg ml cc mcg g l units iu meq calorie calories cal kcal feet ft steps cells copies ng hours hrs',
)
/** It began then, or the figure is a time of day or an amount. */
const NOT_THEN = words('since from for after at by to around about before approximately ~ x')
/** What began in that year may still be there. */
const DIAGNOSIS = /^(?:diagnos|onset|dx$)/
const START = /^(?:began|begun|start|first|establish|since)/
const REASONS = words('for with due after because secondary')
/** Tokens in which the word for a beginning is looked for. */
const REACH = 12
const REACH_OF_START = 3

/** `noteYear` is asked only where the year could be a date. */
export function directionOfYear(document: Document, year: number, noteYear: () => number): number {
  const { text, tokens } = document
  const { start, end, gap, count } = tokens
  const wordAt = (token: number): string => text.slice(start[token], end[token]).toLowerCase()
  const first = firstOfDate(document, year)
  let past = year + 1
  while (past < count && (gap[past] as number) & GAP.hyphen && isNumber(document, past)) past++
  if (past < count && AMOUNTS.has(wordAt(past))) return 0
  const direction = directionOfDate(document, first, past, wordAt)
  if (direction === 0 || Number(text.slice(start[year], end[year])) >= noteYear()) return 0
  return isBeginning(document, first) ? 0 : direction
}

/** Whether the time from `first` on is that of a diagnosis or of the first signs. */
export function isBeginning({ text, tokens }: Document, first: number): boolean {
  const { start, end, gap } = tokens
  for (let token = first - 1; token >= Math.max(0, first - REACH); token--) {
    if ((gap[token + 1] as number) & HARD_STOP) return false
    const word = text.slice(start[token], end[token]).toLowerCase()
    if (DIAGNOSIS.test(word) || (token >= first - REACH_OF_START && START.test(word))) return true
  }
  return false
}

/** `in [March 2009]`, `[3/2009]`: the first token of the date that ends with the year. */
export function firstOfDate({ text, tokens }: Document, year: number): number {
  const { start, end, gap } = tokens
  let first = year
  while (
    first > 0 &&
    !stops(gap[first] as number) &&
    isPartOfDate(text.slice(start[first - 1], end[first - 1]).toLowerCase())
  )
    first--
  return first
}

/** Of the tokens `[first, past)`, which are a date. */
function directionOfDate(
  document: Document,
  first: number,
  past: number,
  wordAt: (token: number) => string,
): number {
  const { text, tokens } = document
  const flags = tokens.gap[first] as number
  const isAlone = endsBefore(document, past)
  if (first === 0 || flags & (HARD_STOP | GAP.newline)) return isAlone || past - first === 1 ? 0 : FORWARD
  if (flags & GAP.paren && text.charAt((tokens.start[first] as number) - 1) === '(')
    return isAlone ? BACKWARD : 0
  const before = wordAt(first - 1)
  if (before === 'to' && isNumber(document, first - 2)) return BACKWARD // from 2005 to 2010
  if (NOT_THEN.has(before) || flags & GAP.colon) return 0
  // `resected 2021 (right hemicolectomy)`: the bracket explains what was done then.
  const isClosed = isAlone || opensBracket(document, past)
  if (!AT_THAT_TIME.has(before)) return isClosed && !isNumber(document, first - 1) ? BACKWARD : 0
  if (first === 1 || (tokens.gap[first - 1] as number) & (HARD_STOP | GAP.newline)) return FORWARD
  return past < tokens.count && REASONS.has(wordAt(past)) ? BACKWARD | FORWARD : BACKWARD
}

function opensBracket({ text, tokens }: Document, token: number): boolean {
  return token < tokens.count && text.charAt((tokens.start[token] as number) - 1) === '('
}

function stops(flags: number): boolean {
  return (flags & (HARD_STOP | GAP.newline | GAP.paren | GAP.colon)) !== 0
}

function isPartOfDate(word: string): boolean {
  return PARTS_OF_DATE.has(word) || /^\d{1,2}(?:st|nd|rd|th)?$/.test(word)
}
