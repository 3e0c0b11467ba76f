/** What stands right before words and gives them another meaning than the dictionary's. */

const TITLE = /\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Doctor|Nurse)\.? $/
const DURATION = /\b(?:hour|day|week|month|year|hr|wk|mo|yr)s?(?:[- ]long)?[- ]+$/i
const REACH = 14

/** `Dr. Barrett`, `Mrs. Graves`: a person, not an eponym. */
export function isName(text: string, start: number): boolean {
  const unit = text.charCodeAt(start)
  if (unit < 0x41 || unit > 0x5a || text.charCodeAt(start - 1) !== BLANK) return false
  return TITLE.test(text.slice(Math.max(0, start - REACH), start))
}

/** `two-year history of colon cancer`: how long it has been there, not that it is past. */
export function isDurationOf(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start) | LOWER_CASE
  if (first !== SMALL_H || !/^(?:history|hx)\b/i.test(text.slice(start, Math.min(end, start + 8))))
    return false
  return DURATION.test(text.slice(Math.max(0, start - REACH), start))
}

const BLANK = 0x20
const LOWER_CASE = 0x20
const SMALL_H = 0x68
