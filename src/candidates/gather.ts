/**
 * Proposals → one candidate a code, with all its evidence (Official Guidelines I.B.12: a code once an
 * encounter).
 */
import type { Document } from '../model/document.js'
import type { Candidate, Derivation, Evidence, NotCoded } from '../model/result.js'
import type { Place, Proposal } from './drafts.js'
import { ledgerLine } from './ledger-line.js'
import { confidence, logOdds, partsOf, type ScoreWeights } from './score/confidence.js'
import { candidateFeatures, proposalFeatures } from './score/features.js'
import type { NoteKind } from './score/note-kind.js'

export interface GatherOptions {
  readonly document: Document
  readonly sectionAt: (offset: number) => string
  readonly noteKind: NoteKind
  readonly weights: ScoreWeights
  readonly explain: boolean
}

/** A candidate that has no rank yet, with the proposals it came from and what its score is made of. */
export interface Gathered {
  readonly candidate: Omit<Candidate, 'rank'>
  readonly proposals: readonly Proposal[]
  readonly features: readonly string[]
}

export function gather(proposals: readonly Proposal[], options: GatherOptions): Gathered[] {
  const groups = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    const key = `${proposal.system} ${proposal.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [proposal])
    else group.push(proposal)
  }
  return [...groups.values()].map(group => merge(group, options))
}

function merge(group: readonly Proposal[], options: GatherOptions): Gathered {
  const { proposal: best, features: own } = strongest(group, options)
  const evidence: Evidence[] = []
  const known = new Map<string, number>()
  const indexOf = (place: Place): number => {
    const key = `${place.role} ${place.start} ${place.end}`
    const seen = known.get(key)
    if (seen !== undefined) return seen
    known.set(key, evidence.length)
    return evidence.push(evidenceOf(place, options)) - 1
  }
  for (const proposal of [best, ...group.filter(other => other !== best)]) proposal.places.forEach(indexOf)
  const ownPlaces = best.places
    .filter(place => place.role === 'condition' || place.role === 'procedure')
    .map(indexOf)
  const derivation: Derivation[] = best.derivation.map(({ places, ...step }) => ({
    ...step,
    evidence: step.by === 'phrase' || step.by === 'rule' ? ownPlaces : places.map(indexOf),
  }))
  const features = [...own, ...candidateFeatures(group, best.code, options.noteKind)]
  const candidate: Gathered['candidate'] = {
    system: best.system,
    code: best.code,
    display: best.display,
    billable: best.billable,
    score: 0,
    evidence,
    assertion: best.assertion,
    derivation,
    alternatives: [],
    missing: [],
    rules: best.rules,
    poa: null,
    modifiers: [],
    ...(best.system === 'icd10cm' ? {} : { units: 1, action: 'performed' as const }),
  }
  return withScore({ candidate, proposals: group, features }, options)
}

/** The same with other features: its score, and with `--explain` the parts of it. */
export function withScore(
  { candidate, proposals, features }: Gathered,
  { weights, explain }: Pick<GatherOptions, 'weights' | 'explain'>,
): Gathered {
  const score = confidence(features, weights)
  const parts = explain ? { scoreParts: partsOf(features, weights) } : {}
  return { candidate: { ...candidate, score, ...parts }, proposals, features }
}

interface Weighed {
  readonly proposal: Proposal
  readonly features: readonly string[]
  readonly sum: number
}

function strongest(group: readonly Proposal[], { noteKind, document, weights }: GatherOptions): Weighed {
  const weighed = group.map((proposal): Weighed => {
    const features = proposalFeatures(proposal, noteKind, document)
    return { proposal, features, sum: logOdds(features, weights) }
  })
  return weighed.reduce((best, other) => (other.sum > best.sum ? other : best))
}

function evidenceOf({ role, start, end }: Place, { document, sectionAt }: GatherOptions): Evidence {
  return { role, start, end, text: document.text.slice(start, end), section: sectionAt(start) }
}

/** Ledger lines of a candidate that is given up, one a mention; of what words alone have added, one. */
export function giveUp(
  { candidate, proposals }: Gathered,
  document: Document,
  reason: NotCoded['reason'],
  { by, rule }: { readonly by?: string; readonly rule?: string } = {},
): NotCoded[] {
  const [evidence] = candidate.evidence
  if (proposals.length === 0 && evidence !== undefined) {
    const { start, end, text, section } = evidence
    const { system, code } = candidate
    const why = { reason, ...(rule === undefined ? {} : { rule }), ...(by === undefined ? {} : { by }) }
    return [{ system, code, start, end, text, section, ...why }]
  }
  return proposals.map(({ mention, system, code, section }) =>
    ledgerLine({ system, code, mention, section, reason, by, rule }, document),
  )
}
