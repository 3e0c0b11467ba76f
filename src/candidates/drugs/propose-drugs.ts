/**
 * The outcomes of a note → the same with what the note says of drugs: adverse effects, poisonings, underdosing,
 * allergy status and long-term use (Official Guidelines I.C.19.e.5, I.C.21.c.3). What a mention of the lexicon
 * says already ("aspirin overdose") is not said again.
 */
import type { Outcome, Proposal } from '../drafts.js'
import { readAdverseEffects } from './adverse-effects.js'
import { readAllergies } from './allergies.js'
import { sentencesWith } from './clause.js'
import { codeDrug, type DrugCodeParts } from './drug-code.js'
import type { Drug } from './find-drugs.js'
import { KnownWords } from './known-words.js'
import { readLongTermUses } from './long-term-use.js'
import { withoutPastReactions } from './past-reactions.js'
import { readPoisonings } from './poisonings.js'
import type { DrugNote, DrugStatement } from './statement.js'
import { readUnderdosings } from './underdosing.js'

export interface DrugParts extends DrugCodeParts {
  readonly assertionAnywhere: DrugNote['assertionAnywhere']
}

/** `drugs`: those that are named outside headings. */
export function proposeDrugs(
  outcomes: readonly Outcome[],
  drugs: readonly Drug[],
  parts: DrugParts,
): readonly Outcome[] {
  if (drugs.length === 0) return outcomes
  const { document } = parts
  const sentences = sentencesWith(drugs, document)
  const { sectionOf, assertionOf, assertionAnywhere } = parts
  const words = { document, drugs, sentences, sectionOf, assertionOf, assertionAnywhere }
  const allergies = readAllergies({ ...words, proposals: [] })
  const others = withoutPastReactions(outcomes, allergies, document)
  const note: DrugNote = { ...words, proposals: proposalsOf(others) }
  const statements = [
    ...readPoisonings(note),
    ...readUnderdosings(note),
    ...readAdverseEffects(note),
    ...allergies,
    ...readLongTermUses(note),
  ]
  return statements.length === 0 ? others : [...others, ...newOutcomes(statements, others, parts)]
}

function proposalsOf(outcomes: readonly Outcome[]): Proposal[] {
  const proposals: Proposal[] = []
  for (const outcome of outcomes) if (outcome.kind === 'proposed') proposals.push(outcome.proposal)
  return proposals
}

/** What the statements lead to and the outcomes do not say yet. */
function newOutcomes(
  statements: readonly DrugStatement[],
  outcomes: readonly Outcome[],
  parts: DrugParts,
): Outcome[] {
  const known = new KnownWords(outcomes, parts.document)
  const added: Outcome[] = []
  for (const statement of statements) {
    const outcome = codeDrug(statement, parts)
    if (outcome === undefined) continue
    const code = outcome.kind === 'proposed' ? outcome.proposal.code : (outcome.line.code ?? '')
    if (known.has(statement.drug, code, statement.kind === 'use')) continue
    known.add(outcome)
    added.push(outcome)
  }
  return added
}
