/**
 * Codes that the author wrote himself: "Hypertension (I10)", "ICD-10: M54.50", "1. E11.9 – type 2 diabetes".
 * Much looks like one and is none:
 *
 *   leads V1 to V6 · L4-L5 · T12 compression · vitamin B12 · T38.5 · T2 lesion · V45.81 (ICD-9) · D10 infusion
 *   Most are no code by their shape or in no release; what could be one without its dot (`I10`, `B20`) must stand where
 *   codes stand.
 */
import { PRINTED_CODE, withDot } from '../../codes/icd10cm.js'
import type { Span } from '../../model/span.js'

/** Where it stands: after words that announce a code, alone in brackets, at an end of its line, or in running text. */
export type TypedPlace = 'announced' | 'bracketed' | 'item' | 'text'

export interface TypedCode extends Span {
  /** With its dot. */
  readonly code: string
  readonly hasDot: boolean
  readonly place: TypedPlace
}

const DOTTED = String.raw`${PRINTED_CODE}(?!\.?\w)`
/** `E119`: without its dot only where a code is announced. */
const UNDOTTED = String.raw`[A-Z]\d[0-9A-Z]{2,5}(?!\.?\w)`
const TYPED = new RegExp(String.raw`(?<![\w./-])(?:${DOTTED}|${UNDOTTED})`, 'g')

/** How far back a code is announced, and how far a mark of the old classification reaches. */
const REACH = 40

export function findTyped(text: string): TypedCode[] {
  return [...text.matchAll(TYPED)].flatMap(({ 0: typed, index }): TypedCode[] => {
    const start = index
    const end = start + typed.length
    const before =
      text
        .slice(Math.max(0, start - REACH), start)
        .split('\n')
        .at(-1) ?? ''
    const line = text.slice(end, end + REACH).split('\n', 1)[0] ?? ''
    if (isOldCode(typed, before, line)) return []
    const place = placeOf(before, line)
    const hasDot = typed.includes('.')
    if (!hasDot && typed.length > CATEGORY && place !== 'announced') return []
    return [{ code: withDot(typed), hasDot, place, start, end }]
  })
}

const CATEGORY = 3

/** A V-number of ICD-9, or one that is said to be of it. */
function isOldCode(typed: string, before: string, after: string): boolean {
  const named = [...before.matchAll(/ICD[- ]?(9|10)/gi)].at(-1)?.[1]
  return /^V\d\d(?:\.\d{1,2})?$/.test(typed) || named === '9' || /^\s*[([]?\s*ICD[- ]?9/i.test(after)
}

const ANNOUNCED =
  /\b(?:ICD(?:[- ]?10)?(?:[- ]?CM)?|dx|diagnosis|diagnoses|diagnostic)(?: codes?)?\s*[:#=(-]?\s*(?:[A-Z]\d[0-9A-Z.]+[,;/ ]+)*$/i
const CODE_LABEL = /\bcodes?\s*[:#]\s*$/i

function placeOf(before: string, after: string): TypedPlace {
  if (ANNOUNCED.test(before) || CODE_LABEL.test(before)) return 'announced'
  if (/[([]\s*$/.test(before) && /^\s*[)\]]/.test(after)) return 'bracketed'
  if (/^[\s\d.)#*•-]*$/.test(before) && /^\s*(?:[-–:|]|$)/.test(after)) return 'item'
  return /(?:[-–:|]|\s{2})\s*$/.test(before) && /^\s*[.;,]?\s*$/.test(after) ? 'item' : 'text'
}
