/**
 * How a note states its diagnoses, which decides what its other words are worth: what a coder takes from the story
 * of a note with an assessment differs from what he takes from a note that is all story.
 */
import type { Document } from '../../model/document.js'
import type { Proposal } from '../drafts.js'
import { statesDiagnoses } from '../stated-sections.js'
import { isDiagnosis } from './concept-kind.js'
import { positionOf } from './position.js'

/**
 * `listed`: an assessment or list of diagnoses that names a disease or injury in a line of its own; `stated`: names
 * one in prose; `symptoms`: has such a section, but no disease in it (I.B.4, IV.D: then the symptoms are what is
 * coded); `open`: has other sections; `story`: has none at all. A note of a few lines says nothing by the way:
 * `short` with such a section, `brief` without.
 */
export type NoteKind = 'listed' | 'stated' | 'symptoms' | 'open' | 'story' | 'short' | 'brief'

/** Words of a note of a few lines. */
const MOST_BRIEF = 120

export function noteKindOf(
  proposals: readonly Proposal[],
  document: Document,
  hasAssessment: boolean,
): NoteKind {
  const isBrief = document.tokens.count <= MOST_BRIEF
  if (!hasAssessment) {
    if (isBrief) return 'brief'
    return document.sections.some(({ id }) => id !== 'none') ? 'open' : 'story'
  }
  const stated = proposals.filter(({ section }) => statesDiagnoses(section))
  const diseases = stated.filter(isDiagnosis)
  if (isBrief && stated.length > 0) return 'short'
  if (diseases.length === 0) return 'symptoms'
  return diseases.some(one => positionOf(one.mention, document) === 'head') ? 'listed' : 'stated'
}
