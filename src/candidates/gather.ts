/**
 * Proposals → one candidate a code, with all its evidence (Official Guidelines I.B.12: a code once an
 * encounter). Scores below the limit and codes whose place a more specific one takes become ledger lines.
 */
import type { Document } from '../model/document.js'
import type { Candidate, Derivation, Evidence, NotCoded } from '../model/result.js'
import type { Place, Proposal } from './drafts.js'
import { quote } from './places.js'
import { MOST_REPEATS, REPEATED, sumParts } from './score.js'

export interface GatherOptions {
  readonly document: Document
  readonly sectionAt: (offset: number) => string
  readonly explain: boolean
}

/** A candidate that has no rank yet, with the proposals it came from. */
export interface Gathered {
  readonly candidate: Omit<Candidate, 'rank'>
  readonly proposals: readonly Proposal[]
}

export function gather(proposals: readonly Proposal[], options: GatherOptions): Gathered[] {
  const groups = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    const key = `${proposal.system} ${proposal.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [proposal])
    else group.push(proposal)
  }
  return [...groups.values()].map(group => ({ candidate: merge(group, options), proposals: group }))
}

function merge(group: readonly Proposal[], options: GatherOptions): Omit<Candidate, 'rank'> {
  const best = strongest(group)
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
  const repeats = Math.min(MOST_REPEATS, group.length - 1)
  const parts = { ...best.scoreParts, repeated: repeats * REPEATED }
  return {
    system: best.system,
    code: best.code,
    display: best.display,
    billable: best.billable,
    score: sumParts(parts),
    evidence,
    assertion: best.assertion,
    derivation,
    alternatives: [],
    missing: [],
    rules: best.rules,
    poa: null,
    modifiers: [],
    ...(best.system === 'icd10cm' ? {} : { units: 1, action: 'performed' as const }),
    ...(options.explain ? { scoreParts: parts } : {}),
  }
}

function strongest(group: readonly Proposal[]): Proposal {
  return group.reduce((best, other) =>
    sumParts(other.scoreParts) > sumParts(best.scoreParts) ? other : best,
  )
}

function evidenceOf({ role, start, end }: Place, { document, sectionAt }: GatherOptions): Evidence {
  return { role, start, end, text: document.text.slice(start, end), section: sectionAt(start) }
}

/** Ledger lines of a candidate that is given up, one a mention. */
export function giveUp(
  { proposals }: Gathered,
  document: Document,
  reason: NotCoded['reason'],
  { by, rule }: { readonly by?: string; readonly rule?: string } = {},
): NotCoded[] {
  return proposals.map(({ mention, system, code, section }) => ({
    system,
    code,
    ...quote(mention, document),
    section,
    reason,
    ...(rule === undefined ? {} : { rule }),
    ...(by === undefined ? {} : { by }),
  }))
}
