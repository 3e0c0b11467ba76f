/**
 * What a drug did when the patient was found to be allergic to it, "penicillin (hives)", is no condition of this
 * encounter: its proposals become ledger lines (Official Guidelines I.C.21.c.3, IV.J).
 */
import type { Document } from '../../model/document.js'
import type { Outcome, Proposal } from '../drafts.js'
import { lastUpTo } from '../../text/last-up-to.js'
import { ledgerLine } from '../ledger-line.js'
import { ALLERGIES, lineUpTo } from './allergies.js'
import type { Drug } from './find-drugs.js'
import type { AllergyStatus } from './statement.js'

export function withoutPastReactions(
  outcomes: readonly Outcome[],
  allergies: readonly AllergyStatus[],
  document: Document,
): readonly Outcome[] {
  if (allergies.length === 0) return outcomes
  const ends = Int32Array.from(allergies.map(({ drug }) => drug.end).sort((a, b) => a - b))
  const byEnd = new Map(allergies.map(({ drug }) => [drug.end, drug]))
  return outcomes.map(outcome => {
    if (outcome.kind === 'not-coded') return outcome
    const { proposal } = outcome
    const { system, code, section, mention } = proposal
    const near = drugsBefore(document.tokens.end[mention.endToken - 1] as number, ends)
    if (!near.some(at => isReactionTo(byEnd.get(at) as Drug, proposal, document))) return outcome
    const why = { reason: 'section', rule: 'I.C.21.c.3' } as const
    return { kind: 'not-coded', line: ledgerLine({ system, code, mention, section, ...why }, document) }
  })
}

/** Ends of the drugs that stand near before an offset. */
function drugsBefore(offset: number, ends: Int32Array): Int32Array {
  const past = lastUpTo(ends, ends.length, offset, -1) + 1
  let first = past
  while (first > 0 && (ends[first - 1] as number) >= offset - NEAR) first--
  return ends.subarray(first, past)
}

/** `penicillin (hives as a child)`, `sulfa: rash`, `codeine - nausea, vomiting`. */
const BEHIND_DRUG = /^\s*(?:[([:=]|-|–|—|→|causes\b|caused\b)[^;.\n]*$/
/** A reaction stands this near to its drug. */
const NEAR = 160
/** Symptoms, rashes and what else an allergic or adverse reaction is. */
const REACTION = /^(?:[RL]|T78|T88|D6[19]|D7[05]|G24|H1|I95|J38|J98|K5|K71|M79|N1[47]|Z87)/

/** Another sentence, or what brings the patient now. */
const OF_TODAY = /[.;]\s|\b(?:presents?|presenting|here|today|now|admitted|complain\w*)\b/i

function isReactionTo(drug: Drug, { code, section, mention }: Proposal, document: Document): boolean {
  if (!REACTION.test(code)) return false
  const { text, tokens } = document
  const start = tokens.start[mention.firstToken] as number
  const end = tokens.end[mention.endToken - 1] as number
  if (end <= drug.end || end > drug.end + NEAR) return false
  if (OF_TODAY.test(text.slice(drug.end, start))) return false
  if (section === ALLERGIES) return lineUpTo(text, end).length > end - drug.end
  if (start < drug.end) return false
  return BEHIND_DRUG.test(text.slice(drug.end, start)) && !text.slice(drug.end, start).includes(')')
}
