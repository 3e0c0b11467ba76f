/**
 * Proposals → one candidate a code, with all its evidence (Official Guidelines I.B.12: a code once an
 * encounter).
 */
import type { Candidate, Derivation, Evidence, NotCoded } from '../model/result.js'
import type { Document } from '../model/document.js'
import type { DraftDerivation, Place, Proposal } from './drafts.js'
import { ledgerLine } from './ledger-line.js'
import { confidence, logOdds, partsOf } from './score/confidence.js'
import type { Feature } from './score/feature-table.js'
import { candidateFeatures, proposalFeatures, type FeatureParts } from './score/features.js'

export interface GatherOptions extends FeatureParts {
  readonly sectionAt: (offset: number) => string
  readonly explain: boolean
}

/** A candidate that has no rank yet, with the proposals it came from and what its score is made of. */
export interface Gathered {
  readonly candidate: Omit<Candidate, 'rank'>
  readonly proposals: readonly Proposal[]
  readonly features: readonly Feature[]
}

export function gather(proposals: readonly Proposal[], options: GatherOptions): Gathered[] {
  const groups: Proposal[][] = []
  const known = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    // No two code systems write a code alike.
    const group = known.get(proposal.code)
    if (group !== undefined) group.push(proposal)
    else {
      const opened = [proposal]
      known.set(proposal.code, opened)
      groups.push(opened)
    }
  }
  return groups.map(group => merge(group, options))
}

function merge(group: readonly Proposal[], options: GatherOptions): Gathered {
  const { proposal: best, features: own } = strongest(group, options)
  const { evidence, indexOf } = collectEvidence(options)
  for (const place of best.places) indexOf(place)
  for (const proposal of group) if (proposal !== best) for (const place of proposal.places) indexOf(place)
  const features = [...own, ...candidateFeatures(group, best.code, options)]
  const candidate: Gathered['candidate'] = {
    system: best.system,
    code: best.code,
    display: best.display,
    billable: best.billable,
    score: confidence(features),
    evidence,
    assertion: best.assertion,
    derivation: derive(best, indexOf),
    alternatives: [],
    missing: [],
    rules: best.rules,
    poa: null,
    modifiers: [],
    ...(best.system === 'icd10cm' ? undefined : { units: 1, action: 'performed' as const }),
    ...(options.explain ? { scoreParts: partsOf(features) } : undefined),
  }
  return { candidate, proposals: group, features }
}

type IndexOf = (place: Place) => number

/** Each place once. `indexOf` adds one that is not there yet. */
function collectEvidence(options: GatherOptions): {
  readonly evidence: readonly Evidence[]
  readonly indexOf: IndexOf
} {
  const evidence: Evidence[] = []
  /** Start → the last evidence that begins there; each piece → the one before it with the same start, or -1. */
  const lastAt = new Map<number, number>()
  const before: number[] = []
  const indexOf = (place: Place): number => {
    const { role, start, end } = place
    const last = lastAt.get(start) ?? -1
    for (let at = last; at >= 0; at = before[at] as number) {
      const seen = evidence[at] as Evidence
      if (seen.end === end && seen.role === role) return at
    }
    lastAt.set(start, evidence.length)
    before.push(last)
    return evidence.push(evidenceOf(place, options)) - 1
  }
  return { evidence, indexOf }
}

function derive({ derivation, places }: Proposal, indexOf: IndexOf): Derivation[] {
  const own = places.filter(({ role }) => role === 'condition' || role === 'procedure').map(indexOf)
  return derivation.map(({ characters, by, why, source, places: chosenBy }: DraftDerivation) => ({
    characters,
    by,
    why,
    source,
    evidence: by === 'phrase' || by === 'rule' ? own : chosenBy.map(indexOf),
  }))
}

/** The same with other features: its score, and with `--explain` the parts of it. */
export function withScore(
  { candidate, proposals, features }: Gathered,
  { explain }: Pick<GatherOptions, 'explain'>,
): Gathered {
  const score = confidence(features)
  const parts = explain ? { scoreParts: partsOf(features) } : undefined
  return { candidate: { ...candidate, score, ...parts }, proposals, features }
}

interface Weighed {
  readonly proposal: Proposal
  readonly features: readonly Feature[]
}

/** The proposal of which the words alone say most, the first of equals. */
function strongest([first, ...others]: readonly Proposal[], parts: FeatureParts): Weighed {
  const features = proposalFeatures(first as Proposal, parts)
  let best = { proposal: first as Proposal, features }
  let most = others.length === 0 ? 0 : logOdds(features)
  for (const proposal of others) {
    const weighed = { proposal, features: proposalFeatures(proposal, parts) }
    const sum = logOdds(weighed.features)
    if (sum <= most) continue
    best = weighed
    most = sum
  }
  return best
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
