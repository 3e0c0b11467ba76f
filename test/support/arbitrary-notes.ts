/**
 * Random notes for property tests: stretches of clinical words, marks, layout and hostile characters, and
 * strings of any UTF-16 units. Sizes are small, because a law that breaks breaks on a short text too.
 */
import fc from 'fast-check'

const WORDS = (
  'no denies fever cough pneumonia left right knee pain chest hx of diabetes type 2 htn mother had breast cancer ' +
  'history possible likely fracture radius and or with without copd exacerbation s/p cabg fall falls cold discharge ' +
  'PE? +SOB (-) rash Assessment: PMH: FAMILY HISTORY: Plan: ROS: patient\u2019s b.i.d. 7.4 12:30 120/80 HTN DM2 RA MS'
).split(' ')

const MARKS = [
  ' ',
  '  ',
  ', ',
  '. ',
  '; ',
  ': ',
  '\n',
  '\r\n',
  '\n\n',
  '\t',
  '    ',
  ' - ',
  '\n- ',
  '\n1. ',
  '\n2) ',
  ' | ',
  '/',
  "'s ",
  '! ',
  '? ',
]

const HOSTILE = [
  '\u0000',
  '\ud800',
  '\udc00',
  '\ud83e\ude7a',
  '\u05d7\u05d5\u05dc\u05d4',
  '\u202e',
  '\u0130',
  'e\u0301',
  '\u00e9',
  '\u2022',
  '\u2610',
  '[x]',
  '[ ]',
  '(x)',
  '\u2028',
  '\ufeff',
  '\u200b',
  '\u00a0',
  '\u2205',
  '\u{1f1e9}\u{1f1ea}',
  '\uffff',
  '\u0301',
  '\u65e5\u672c',
  '\u0391',
]

/** What a clinician might type, with hostile characters now and then. */
export const clinicalText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 8, arbitrary: fc.constantFrom(...MARKS) },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
    ),
    { maxLength: 80 },
  )
  .map(pieces => pieces.join(''))

/** Any sequence of UTF-16 units, lone surrogates included. */
export const anyUnits: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xff })), { maxLength: 120 })
  .map(units => String.fromCharCode(...units))

export const anyText: fc.Arbitrary<string> = fc.oneof(
  clinicalText,
  anyUnits,
  fc.string({ unit: 'binary', maxLength: 100 }),
)
