/**
 * Allergy status (Official Guidelines I.C.21.c.3, Z88 and Z91.0): a drug or substance that the list of allergies
 * names, or to which the note calls the patient allergic. A reaction of today is an adverse effect and no status.
 *
 *   Allergies: penicillin (hives), sulfa          Z88.0, Z88.2; the hives are told of then
 *   allergic to codeine · PCN allergy
 */
import type { Span } from '../../model/span.js'
import { between, sentencesOf, spanOf } from './clause.js'
import type { Drug } from './find-drugs.js'
import type { AllergyStatus, DrugNote, Sentence } from './statement.js'

const SECTION = 'I.C.21.c.3'
export const ALLERGIES = 'allergies'

/** Behind "allergic to" stand other drugs, what they did in brackets, and little else. */
const LISTED = String.raw`(?:[\s,;/&]|\([^)\n]*\)|\b(?:and|or|both|the|all|certain|some|iv|oral|drugs?|antibiotics?|products?|class|also|severely|with|causes?|hives|rash|swelling|anaphylaxis|nausea|vomiting|itching)\b|[:-])*`
const ALLERGIC_TO = new RegExp(
  String.raw`\b(?<cue>(?:hyper)?allerg(?:ic|y|ies)|hypersensitiv(?:e|ity)|anaphylactic)(?: status)? to\b${LISTED}$`,
  'i',
)
const PAST_REACTION = new RegExp(
  String.raw`\b(?<cue>(?:history of|h\/o|hx of|past|prior|previous|documented|known|remote) (?:an? )?(?:severe |serious |allergic |adverse |anaphylactic )*(?:reactions?|anaphylaxis)) (?:to|with)\b${LISTED}$`,
  'i',
)
const NAMED_ALLERGY =
  /^[\s-]*(?:drug )?(?<cue>allerg(?:y|ies|ic)|hypersensitivity)\b(?! (?:test|clinic|skin|challenge|evaluation|label))/i
/** A reaction that is there now is no status. */
const REACTION = /\ballergic reactions?\b/i

/** In the list of allergies, but said of something else. */
const NO_LIST =
  /\b(?:tolerat\w+|takes?|taking|prescribed|started|continu\w+|given|administered|received|avoid\w*|daily|bid|tid|prn|\d+ ?(?:mg|mcg|units|ml))\b/i
const NONE_KNOWN = /\b(?:NKDA|NKA|no (?:known )?(?:drug |medication |food )*allerg\w+|none|denies)\b/i
const EXCEPT = /\b(?:except|other than|besides|apart from|but|aside from)\b/i

const MAY_SAY = /allerg|sensitiv|anaphyla|reaction/i

export function readAllergies(note: DrugNote): AllergyStatus[] {
  const listed = new Set(note.drugs.filter(({ firstToken }) => note.sectionOf(firstToken) === ALLERGIES))
  const sentences = listed.size > 0 ? note.sentences : sentencesOf(note, MAY_SAY)
  return sentences.flatMap(sentence =>
    sentence.drugs.flatMap(drug => {
      if (drug.drugClass.allergies.length === 0) return []
      const isEntry = listed.has(drug) && isListed(drug, sentence, note)
      const cue = statedCue(drug, sentence, note) ?? (isEntry ? drug : undefined)
      return cue === undefined ? [] : [{ kind: 'allergy' as const, drug, cue, section: SECTION }]
    }),
  )
}

function statedCue(drug: Drug, { start, end, text }: Sentence, note: DrugNote): Span | undefined {
  const words = between(note, start, drug.start)
  const isPast = PAST_REACTION.test(words)
  if (!isPast && REACTION.test(text)) return undefined
  const before = PAST_REACTION.exec(words) ?? ALLERGIC_TO.exec(words)
  if (before !== null) return spanOf(before, start)
  const after = NAMED_ALLERGY.exec(note.document.text.slice(drug.end, end))
  return after === null ? undefined : spanOf(after, drug.end)
}

/** An entry of the list of allergies. */
function isListed({ start }: Drug, { text }: Sentence, note: DrugNote): boolean {
  if (NO_LIST.test(text)) return false
  const line = lineUpTo(note.document.text, start)
  const none = NONE_KNOWN.exec(line)
  return none === null || EXCEPT.test(line.slice(none.index))
}

const LONGEST_LINE = 400

export function lineUpTo(text: string, at: number): string {
  const words = text.slice(Math.max(0, at - LONGEST_LINE), at)
  return words.slice(words.lastIndexOf('\n') + 1)
}
