/**
 * Proposals → the candidates of a note in the order of a claim, and the ledger of all others: gathered by code,
 * parted by the limit of the score, reconciled by the guideline rules and ranked.
 */
import type { Catalogue, GeneralCode, RuleRow } from '../model/dictionary.js'
import type { Setting } from '../model/note.js'
import type { Candidate, Finding, NotCoded } from '../model/result.js'
import type { Outcome, Proposal } from './drafts.js'
import { gather, giveUp, type Gathered } from './gather.js'
import { rank } from './rank.js'
import { findSuperseded, findUnexplained } from './reconcile.js'
import { findWords, type WordSearch } from './rules/find-words.js'
import { runRules } from './rules/run-rules.js'

export interface Settlement extends WordSearch {
  readonly catalogue: Catalogue
  readonly rules: readonly RuleRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly fiscalYear: number
  readonly setting: Setting
  readonly minScore: number
  readonly explain: boolean
}

export interface Settled {
  readonly candidates: readonly Candidate[]
  readonly notCoded: readonly NotCoded[]
  readonly findings: readonly Finding[]
}

export function settle(outcomes: readonly Outcome[], about: Settlement): Settled {
  const { document, minScore } = about
  const proposals: Proposal[] = []
  const notCoded: NotCoded[] = []
  for (const outcome of outcomes) {
    if (outcome.kind === 'proposed') proposals.push(outcome.proposal)
    else notCoded.push(outcome.line)
  }
  const strong: Gathered[] = []
  for (const one of gather(proposals, about)) {
    if (one.candidate.score >= minScore) strong.push(one)
    else notCoded.push(...giveUp(one, document, 'below-score'))
  }
  const ruled = runRules(strong, about.rules, {
    ...about,
    findWords: (wordings, near) => findWords(about, wordings, near),
  })
  notCoded.push(...ruled.notCoded)
  const kept = withoutLosers(ruled.kept, about, notCoded)
  return {
    candidates: rank(kept, ruled.order),
    notCoded: namingLastWinners(notCoded).sort(byPlace),
    findings: ruled.findings,
  }
}

function withoutLosers(
  gathered: readonly Gathered[],
  { document, generalCodes }: Settlement,
  notCoded: NotCoded[],
): Gathered[] {
  const losers = new Set<Gathered>()
  for (const { loser, by, rule } of findSuperseded(gathered, generalCodes)) {
    losers.add(loser)
    notCoded.push(...giveUp(loser, document, 'superseded', { by, rule }))
  }
  for (const unexplained of findUnexplained(gathered.filter(one => !losers.has(one)))) {
    losers.add(unexplained)
    notCoded.push(...giveUp(unexplained, document, 'below-score', { rule: 'I.C.20.a' }))
  }
  return gathered.filter(one => !losers.has(one))
}

/** A code that took another's place may lose its own: the ledger names the one that stays. */
function namingLastWinners(lines: readonly NotCoded[]): NotCoded[] {
  const winner = new Map<string, string>()
  for (const { code, by, reason } of lines)
    if (code !== null && by !== undefined && reason === 'superseded') winner.set(code, by)
  return lines.map(line => {
    if (line.by === undefined || line.reason !== 'superseded') return line
    const seen = new Set<string>()
    let { by } = line
    for (let next = winner.get(by); next !== undefined && !seen.has(next); next = winner.get(by)) {
      seen.add(by)
      by = next
    }
    return { ...line, by }
  })
}

function byPlace(a: NotCoded, b: NotCoded): number {
  return a.start - b.start || a.end - b.end || ((a.code ?? '') < (b.code ?? '') ? -1 : 1)
}
