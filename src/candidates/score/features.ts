/**
 * What a score is made of, by name: each feature of a proposal or candidate has a weight in
 * `dictionaries/score-weights.csv`. `name=value`; a feature that the table lacks weighs nothing.
 *
 *   base  wording=lexicon  words=2  scatter=some  spelling=slip  detail=unspecified  certainty=uncertain
 *   word=open.weak  course=story.chronic
 *   place=listed.assessment.head     kind of note, section, position in its line
 *   kind=listed.beside.symptom       kind of note, whether a section of diagnoses states it, kind of code
 *   mentions=3  spread=listed.both  chapter=I  category=I10  code=I10  rule=open.I.A.15
 */
import { categoryOf } from '../../codes/icd10cm.js'
import type { Document } from '../../model/document.js'
import type { Proposal } from '../drafts.js'
import { statesDiagnoses } from '../stated-sections.js'
import { codeKindOf } from './concept-kind.js'
import type { NoteKind } from './note-kind.js'
import { positionOf } from './position.js'

const MOST_WORDS = 4
/** So many other words between those of a wording are many. */
const MANY_STRANGERS = 3
const MOST_MENTIONS = 4

/** Notes without a section of diagnoses. */
const UNDIVIDED: ReadonlySet<NoteKind> = new Set(['open', 'story', 'brief'])

/** Every score starts from it. */
const BASE = 'base'

export function proposalFeatures(proposal: Proposal, noteKind: NoteKind, document: Document): string[] {
  const { concept, section, assertion, wording } = proposal
  const isStated = statesDiagnoses(section)
  const place = isStated ? `${section}.${positionOf(proposal.mention, document)}` : section
  const where = UNDIVIDED.has(noteKind) ? noteKind : `${noteKind}.${isStated ? 'stated' : 'beside'}`
  const features = [
    BASE,
    `wording=${wording.source}`,
    `words=${Math.min(MOST_WORDS, wording.words)}`,
    `place=${noteKind}.${place}`,
    `kind=${where}.${codeKindOf(proposal)}`,
  ]
  if (wording.strangers > 0) features.push(`scatter=${wording.strangers < MANY_STRANGERS ? 'some' : 'many'}`)
  if (wording.isSlip) features.push('spelling=slip')
  if (proposal.unspecified) features.push('detail=unspecified')
  if (concept?.statedOnly === true) features.push(`word=${where}.bare`)
  else if (concept?.weak === true) features.push(`word=${where}.weak`)
  if (concept?.chronic === true) features.push(`course=${where}.chronic`)
  if (assertion.certainty !== 'confirmed') features.push('certainty=uncertain')
  return features
}

/** What all mentions of a code say together, beside the features of the best of them. */
export function candidateFeatures(
  proposals: readonly Proposal[],
  code: string,
  noteKind: NoteKind,
): string[] {
  const stated = proposals.filter(({ section }) => statesDiagnoses(section)).length
  const features = [...codeFeatures(code), `mentions=${Math.min(MOST_MENTIONS, proposals.length)}`]
  if (stated > 0 && stated < proposals.length) features.push(`spread=${noteKind}.both`)
  return features
}

const known = new Map<string, readonly string[]>()

function codeFeatures(code: string): readonly string[] {
  const seen = known.get(code)
  if (seen !== undefined) return seen
  const features = [`chapter=${code.charAt(0)}`, `category=${categoryOf(code)}`, `code=${code}`]
  known.set(code, features)
  return features
}

/** A code that a rule adds: by the kind of note and the rule, beside what its own code says. */
export function addedFeatures(code: string, section: string, noteKind: NoteKind): string[] {
  return [BASE, `rule=${noteKind}.${section}`, `chapter=${code.charAt(0)}`, `category=${categoryOf(code)}`]
}
