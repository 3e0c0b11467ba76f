/**
 * Notes of the tabular list → the ranges of codes that they name. Notes are prose; codes stand in it in a few forms:
 *
 *   type 1 diabetes mellitus (E10.-)          E10
 *   (I60.-, I61.-, I62.-)                     I60, I61, I62
 *   neoplasm (C00-D49)                        C00 to D49
 *   subcategories S06.1- to S06.6-            S06.1 to S06.6
 *   (F10-F19 with fifth or sixth character 2) nothing: only some codes of the range are meant
 */

import { PRINTED_CODE } from '../../codes/icd10cm.js'

/** Both ends belong to it, with all codes below them. */
export interface CodeRange {
  readonly first: string
  readonly last: string
  /** The bare word, "diarrhea NOS (R19.7)": it says no more than what the note stands at. */
  readonly isBare?: boolean
}

/** A code with its dot, or a category; what has four characters and no dot is something else (`H1N1`). */
const CODE = String.raw`${PRINTED_CODE}(?![0-9A-Za-z])`
const ONE = String.raw`${CODE}(?:\.?-)?`
/** `E10.-` has eaten the dash of a range already: what the look-behind sees. */
const RANGE = String.raw`${ONE}(?:\s*(?:-|\bto\b)?\s*(?<=[-o]\s*)${ONE})?`
/** References that stand together, and what limits all of them: `(E08-E10, E11, E13 with ketoacidosis)`. */
const RUN = new RegExp(
  String.raw`(?<![0-9A-Za-z.])${RANGE}(?:\s*[,;.]?\s*(?:(?:and|or|&)\s+)?${RANGE})*(\s*[.,]?\s+with\b)?`,
  'g',
)
const EACH = new RegExp(String.raw`(${CODE})(?:\.?-)?(?:\s*(?:-|\bto\b)?\s*(?<=[-o]\s*)(${CODE}))?`, 'g')

/** `text`: all lines of a group of notes, since a bracket may go on in the next line. */
export function referencesOf(text: string): CodeRange[] {
  const ranges: CodeRange[] = []
  for (const { 0: run, 1: limit, index } of text.matchAll(RUN)) {
    if (limit !== undefined) continue
    const isBare = /\bNOS\b/.test(text.slice(text.lastIndexOf('\n', index) + 1, index))
    for (const [, first = '', last = first] of run.matchAll(EACH))
      if (last >= first) ranges.push({ first, last, isBare })
  }
  return ranges
}
