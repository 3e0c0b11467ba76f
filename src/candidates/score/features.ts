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
import type { Document } from '../../model/document.js'
import type { Proposal } from '../drafts.js'
import { statesDiagnoses } from '../stated-sections.js'
import { codeKindOf } from './concept-kind.js'
import type { Feature, FeatureTable } from './feature-table.js'
import type { NoteKind } from './note-kind.js'
import { positionOf } from './position.js'

const MOST_WORDS = 4
/** So many other words between those of a wording are many. */
const MANY_STRANGERS = 3
const MOST_MENTIONS = 4

/** Kind of note, with whether a section of diagnoses states the mention; not for notes without such a section. */
const WHERE: Readonly<Record<NoteKind, readonly [stated: string, beside: string]>> = {
  listed: ['listed.stated', 'listed.beside'],
  stated: ['stated.stated', 'stated.beside'],
  symptoms: ['symptoms.stated', 'symptoms.beside'],
  short: ['short.stated', 'short.beside'],
  open: ['open', 'open'],
  story: ['story', 'story'],
  brief: ['brief', 'brief'],
}

/** Every score starts from it. */
const BASE = 'base'

/** What decides, beside the proposal itself. */
export interface FeatureParts {
  readonly document: Document
  readonly noteKind: NoteKind
  readonly features: FeatureTable
}

export function proposalFeatures(
  proposal: Proposal,
  { document, noteKind, features: { featureOf } }: FeatureParts,
): Feature[] {
  const { concept, section, assertion, wording } = proposal
  const isStated = statesDiagnoses(section)
  const where = WHERE[noteKind][isStated ? 0 : 1]
  const features = [
    featureOf(BASE),
    featureOf('wording', wording.source),
    featureOf('words', Math.min(MOST_WORDS, wording.words)),
    isStated
      ? featureOf('place', noteKind, section, positionOf(proposal.mention, document))
      : featureOf('place', noteKind, section),
    featureOf('kind', where, codeKindOf(proposal)),
  ]
  if (wording.strangers > 0)
    features.push(featureOf('scatter', wording.strangers < MANY_STRANGERS ? 'some' : 'many'))
  if (wording.isSlip) features.push(featureOf('spelling', 'slip'))
  if (proposal.unspecified) features.push(featureOf('detail', 'unspecified'))
  if (concept?.statedOnly === true) features.push(featureOf('word', where, 'bare'))
  else if (concept?.weak === true) features.push(featureOf('word', where, 'weak'))
  if (concept?.chronic === true) features.push(featureOf('course', where, 'chronic'))
  if (assertion.certainty !== 'confirmed') features.push(featureOf('certainty', 'uncertain'))
  return features
}

/** What all mentions of a code say together, beside the features of the best of them. */
export function candidateFeatures(
  proposals: readonly Proposal[],
  code: string,
  { noteKind, features: { featureOf, ofCode } }: FeatureParts,
): Feature[] {
  let stated = 0
  for (const { section } of proposals) if (statesDiagnoses(section)) stated++
  const features = [...ofCode(code), featureOf('mentions', Math.min(MOST_MENTIONS, proposals.length))]
  if (stated > 0 && stated < proposals.length) features.push(featureOf('spread', noteKind, 'both'))
  return features
}

/** A code that a rule adds: by the kind of note and the rule, beside what its own code says. */
export function addedFeatures(
  code: string,
  section: string,
  { noteKind, features: { featureOf, ofCode } }: Pick<FeatureParts, 'noteKind' | 'features'>,
): Feature[] {
  const [chapter, category] = ofCode(code)
  return [featureOf(BASE), featureOf('rule', noteKind, section), chapter, category]
}
