/**
 * Values that a note states in figures → the codes they are reported with, and what they say of other codes. Sources:
 * Official Guidelines I.B.14 (who may document them), I.C.15.a.3 (weeks and trimesters), I.C.18.e (coma scale),
 * I.C.18.i (stroke scale), I.C.21.c.3 (body mass index). Whether such a code may stand is decided by the rules.
 *
 *   27w6d · 27 6/7 weeks · 39 weeks gestation     Z3A.27
 *   BMI 37.4                                       Z68.37
 *   NIHSS 14                                       R29.714
 *   GCS E3 V4 M6 · GCS 14                          R40.2131, …; R40.2411
 */
import type { Span } from '../model/span.js'
import type { Weeks } from './note-facts.js'

export interface Measured extends Span {
  readonly code: string
  readonly meaning: string
}

/** `isAdult`: a body mass index is read for adults only; a child's is a percentile. */
export function readMeasurements(text: string, isAdult: boolean, weeks: Weeks | undefined): Measured[] {
  if (weeks === undefined && !MAY_HOLD.test(text)) return []
  return [
    ...(weeks === undefined ? [] : [weeksCode(weeks)]),
    ...(isAdult ? readEach(text, BMI, bmiCode) : []),
    ...readEach(text, NIHSS, ([, score = '']) => {
      const points = Number(score)
      return points > MOST_NIHSS ? [] : [[`R29.7${score.padStart(2, '0')}`, `NIHSS score ${points}`]]
    }),
    ...readEach(text, COMA_PARTS, comaParts),
    ...readEach(text, COMA_TOTAL, comaTotal),
  ]
}

/** Most notes hold none of these. */
const MAY_HOLD = /BMI|body mass index|NIHSS|\bNIH\b|GCS|glasgow|coma scale/i

function weeksCode({ count, start, end }: Weeks): Measured {
  const code = count < 8 ? 'Z3A.01' : `Z3A.${String(count).padStart(2, '0')}`
  return { code, meaning: `${count} completed weeks of gestation`, start, end }
}

type Reading = (
  found: RegExpExecArray | RegExpMatchArray,
) => readonly (readonly [code: string, meaning: string])[]

function readEach(text: string, pattern: RegExp, reading: Reading): Measured[] {
  return [...text.matchAll(pattern)].slice(0, 1).flatMap(found =>
    reading(found).map(([code, meaning]) => ({
      code,
      meaning,
      start: found.index,
      end: found.index + found[0].length,
    })),
  )
}

const BMI =
  /\b(?:BMI|body mass index)\b[^\d\n.;]{0,20}(\d{2}(?:\.\d{1,2})?)(?!\d|\.\d| ?(?:th|st|nd|rd|%|percentile))/gi

const bmiCode: Reading = ([, value = '']) => {
  const index = Number(value)
  if (index < 10 || index > 99) return []
  return [[bmiStep(index), `body mass index ${value}`]]
}

function bmiStep(index: number): string {
  if (index < 20) return 'Z68.1'
  if (index < 40) return `Z68.${Math.floor(index)}`
  if (index < 45) return 'Z68.41'
  if (index < 50) return 'Z68.42'
  if (index < 60) return 'Z68.43'
  return index < 70 ? 'Z68.44' : 'Z68.45'
}

const NIHSS = /\b(?:NIHSS|NIH stroke scale)\b(?: score)?[^\d\n.;]{0,25}(\d{1,2})\b(?!\/)/gi
const MOST_NIHSS = 42

const COMA_PARTS = /\b(?:GCS|glasgow|coma scale)\b[^\n]{0,90}?\bE ?([1-4])[ ,]*V ?([1-5])[ ,]*M ?([1-6])\b/gi
const COMA_TOTAL =
  /\b(?:GCS|glasgow coma (?:scale|score))\b(?: (?:score|total|of|was|is))*[ :=]{0,3}(\d{1,2})\b(?!-)/gi

const comaParts: Reading = found => {
  const [, eyes = '', verbal = '', motor = ''] = found
  const when = comaTime(found)
  return [
    [`R40.21${eyes}${when}`, `eyes open: ${eyes}`],
    [`R40.22${verbal}${when}`, `verbal response: ${verbal}`],
    [`R40.23${motor}${when}`, `motor response: ${motor}`],
  ]
}

const comaTotal: Reading = found => {
  const total = Number(found[1])
  if (total < 3 || total > 15) return []
  const band = total >= 13 ? '1' : total >= 9 ? '2' : '3'
  return [[`R40.24${band}${comaTime(found)}`, `coma scale ${total}`]]
}

/** 7th character: in the field, at arrival in the emergency department, at admission, not said. */
function comaTime({ input = '', index = 0, 0: all }: RegExpExecArray | RegExpMatchArray): string {
  const around = input.slice(Math.max(0, index - 60), index + all.length + 30)
  if (/\b(?:ED|ER|emergency|arrival)\b/.test(around)) return '2'
  if (/\b(?:EMS|field|scene|ambulance|paramedic)/i.test(around)) return '1'
  return /\badmission\b/i.test(around) ? '3' : '0'
}
