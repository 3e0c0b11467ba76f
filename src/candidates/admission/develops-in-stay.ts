/**
 * What the note says of the time at which a condition began, against the admission (Official Guidelines, Appendix I):
 *
 *   on hospital day 3 he developed pneumonia · AKI, developed day 3 · hospital-acquired pneumonia · postoperative ileus
 *   pressure ulcer, present on admission · not present on admission · unclear whether present on admission
 */
import type { Document } from '../../model/document.js'
import type { Evidence } from '../../model/result.js'
import { lastUpTo } from '../../text/last-up-to.js'
import { sentenceRange } from '../../text/sentence-at.js'

/** `stated`: the note says so in words; `before`: it is told of the time before the admission. */
export type Onset = 'stated' | 'stated-not' | 'before' | 'in-stay' | 'undetermined' | 'unclear' | 'not-told'

const IN_STAY =
  /\b(?:(?:hospital|postoperative|post-op|postop) day|HD|POD|day) ?#?\d+|\bduring (?:the|this|his|her|their) (?:hospital )?(?:stay|admission|hospitalization|course)\b|\bafter admission\b|\bwhile (?:in (?:the )?hospital|hospitalized|admitted)\b|\bin[- ]hospital\b|\bpostoperatively\b|\bafter (?:the )?(?:surgery|operation|procedure)\b/i
const BEGINS =
  /\b(?:developed|develops|developing|became|complicated by|suffered|went into|new[- ]onset)\b[^.;:]{0,80}$/i
const BEGAN =
  /^[\s,()]*(?:(?:which|that|was|has|had|first) )*(?:developed|developing|occurred|occurring|arose|arising|began|acquired)\b/i
const OF_THE_STAY =
  /\b(?:hospital[- ]acquired|nosocomial|ventilator[- ]associated|postoperative|post-?op|in[- ]hospital)\b/i
const DENIED = /^[^.;\n]{0,40}\b(?:not present on (?:admission|arrival)|not POA|POA[ :-]*(?:no|N)\b)/i
const PRESENT = /^[^.;\n]{0,40}\b(?:present (?:on|at) (?:the time of )?(?:admission|arrival)|POA)\b/i
const UNDETERMINED =
  /\b(?:(?:cannot|can not|could not|unable to) (?:be )?(?:clinically )?(?:determined?|say|tell)|clinically undetermined)\b[^;\n]{0,80}\b(?:admission|arrival|POA)\b/i
const UNCLEAR =
  /\b(?:unclear|unknown|not documented|not clear|uncertain)\b[^;\n]{0,80}\b(?:present )(?:on|at) (?:admission|arrival)\b/i
/** `Day 3: after fluids …`: the label of a line. */
const DAY_LABEL = /^[\s*•-]*(?:(?:hospital|post-?op(?:erative)?) day|HD|POD|day) ?#?\d+\b/i

/** "Unclear whether the C. difficile …": a stop need not end what was begun. */
const LEAD = 40
/** A sentence is looked at this far around the words, so that an endless one stays cheap. */
const REACH = 400

/** What is told here was there when the patient came. */
const BEFORE = new Set([
  'hpi',
  'chief-complaint',
  'past-history',
  'problem-list',
  'medications',
  'social-history',
])
const COURSE = new Set(['hospital-course', 'procedure'])

export function onsetOf({ start, end, section }: Evidence, document: Document): Onset {
  const { text } = document
  const [from, to] = sentenceAround(start, document)
  const sentence = text.slice(from, to)
  const before = text.slice(from, start)
  const words = text.slice(start, end)
  const after = text.slice(end, to)
  const wide = text.slice(Math.max(0, from - LEAD), from).replace(/^.*\n/s, '') + sentence
  if (UNDETERMINED.test(wide)) return 'undetermined'
  if (UNCLEAR.test(wide)) return 'unclear'
  if (DENIED.test(after)) return 'stated-not'
  if (PRESENT.test(after)) return 'stated'
  const isTimed = IN_STAY.test(sentence) || COURSE.has(section) || DAY_LABEL.test(lineOf(text, from, start))
  if (isTimed && BEGINS.test(before)) return 'in-stay'
  if (BEGAN.test(after) && (IN_STAY.test(after) || COURSE.has(section))) return 'in-stay'
  if (BEFORE.has(section)) return 'before'
  return OF_THE_STAY.test(words) || OF_THE_STAY.test(lastWords(before)) ? 'in-stay' : 'not-told'
}

function sentenceAround(offset: number, { tokens, sentences }: Document): [from: number, to: number] {
  const token = Math.max(0, lastUpTo(tokens.start, tokens.count, offset, 0))
  const [first, past] = sentenceRange(sentences, token)
  return [
    Math.max(tokens.start[first] as number, offset - REACH),
    Math.min(tokens.end[past - 1] as number, offset + REACH),
  ]
}

function lineOf(text: string, from: number, start: number): string {
  return (
    text
      .slice(Math.max(0, from - REACH), start)
      .split('\n')
      .at(-1) ?? ''
  )
}

/** What stands right before a mention: one word, with its hyphen. */
function lastWords(before: string): string {
  return /[\w-]+(?: [\w-]+)?[ ]*$/.exec(before)?.[0] ?? ''
}
