/**
 * Proposals → the candidates of a note in the order of a claim, and the ledger of all others: gathered by code,
 * parted by the limit of the score, reconciled by the guideline rules and ranked.
 */
import type { Catalogue, GeneralCode } from '../model/dictionary.js'
import type { TabularNotes } from '../model/tabular.js'
import type { Document } from '../model/document.js'
import type { Setting } from '../model/note.js'
import type { Candidate, Finding, NotCoded } from '../model/result.js'
import type { Outcome, Proposal } from './drafts.js'
import { gather, giveUp, withScore, type Gathered } from './gather.js'
import { rank } from './rank.js'
import { findSuperseded, findUnexplained, isUnspecified, saysMore } from './reconcile.js'
import { ledgerLine } from './ledger-line.js'
import { isDiagnosis } from './score/concept-kind.js'
import type { FeatureTable } from './score/feature-table.js'
import { noteKindOf, type NoteKind } from './score/note-kind.js'
import { statesDiagnoses } from './stated-sections.js'
import { withPoa, type AdmissionParts } from './admission/present-on-admission.js'
import type { AddDetail } from './detail/create-detail.js'
import { findAdditional } from './tabular/additional.js'
import { applyNotes, type Noted } from './tabular/apply-notes.js'
import { findWords, type WordSearch } from './rules/find-words.js'
import type { RuleBook } from './rules/rule-book.js'
import { runRules, type Reconciled } from './rules/run-rules.js'

export interface Settlement extends WordSearch {
  readonly catalogue: Catalogue
  readonly tabularNotes: TabularNotes
  readonly rules: RuleBook
  readonly generalCodes: readonly GeneralCode[]
  readonly fiscalYear: number
  readonly setting: Setting
  readonly hasAssessment: boolean
  readonly addDetail: AddDetail
  readonly isPoaExempt: AdmissionParts['isPoaExempt']
  readonly features: FeatureTable
  readonly minScore: number
  readonly explain: boolean
}

interface Scored extends Settlement {
  readonly noteKind: NoteKind
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
  const left = withoutRuledOut(proposals, notCoded, document)
  const scored: Scored = { ...about, noteKind: noteKindOf(left, document, about.hasAssessment) }
  const first = gather(left, scored)
  const open = first.filter(one => isStated(one) && isUnspecified(one))
  const detailed = first.map(one => asDetail(one, open, scored))
  const gathered = detailed.map(one => asDependent(one, detailed, scored))
  const strong = gathered.filter(one => one.candidate.score >= minScore)
  for (const one of gathered) if (!strong.includes(one)) notCoded.push(...tooWeak(one, scored))
  const { kept, coded, lines, findings, order, reclaimed } = reconcile(strong, scored)
  const ledger = namingLastWinners([
    ...notCoded.filter(line => !isReclaimed(line, reclaimed)),
    ...lines,
  ]).sort(byPlace)
  return {
    candidates: rank(kept, order).map(withDetail(ledger, about)),
    notCoded: ledger,
    findings: [...findings, ...findAdditional(coded, ledger, about.catalogue)],
  }
}

/** Ledger lines of what scores below the limit; with `--explain`, with the score and its parts. */
function tooWeak(one: Gathered, { document, explain }: Scored): NotCoded[] {
  const { score, scoreParts } = one.candidate
  const shown = explain && scoreParts !== undefined ? { score, scoreParts } : {}
  return giveUp(one, document, 'below-score').map(line => ({ ...line, ...shown }))
}

/** What a coder may still ask, and whether the condition was there on admission. */
function withDetail(ledger: readonly NotCoded[], about: Settlement): (one: Candidate) => Candidate {
  const { holdsWord, addDetail } = about
  const codes = new Set<string>()
  for (const line of ledger)
    if (line.code !== null) codes.add(line.code)
    else for (const code of line.codes ?? []) codes.add(code)
  const note = { holdsWord, codes }
  return candidate => withPoa(addDetail(candidate, note), about)
}

/** "Suspicious for embolism … embolism ruled out": what the note denies later was only thought of (II.H). */
function withoutRuledOut(
  proposals: readonly Proposal[],
  notCoded: NotCoded[],
  document: Document,
): readonly Proposal[] {
  const denied = new Map<string, number>()
  for (const { code, reason, section, start } of notCoded)
    if (code !== null && reason === 'negated' && section !== 'family-history')
      denied.set(code, Math.max(start, denied.get(code) ?? 0))
  return proposals.filter(proposal => {
    const { assertion, code, mention, section, system } = proposal
    const start = document.tokens.start[mention.firstToken] as number
    if (assertion.certainty === 'confirmed' || (denied.get(code) ?? -1) < start) return true
    notCoded.push(ledgerLine({ system, code, mention, section, reason: 'negated', rule: 'II.H' }, document))
    return false
  })
}

/**
 * "Known chronic HFrEF … assessment: CHF": what the story tells more exactly of a diagnosis stated without detail
 * is the code (I.B.2, I.B.18), as sure as what is stated. A symptom's detail is none of a diagnosis. `open`: what is
 * stated and leaves something open.
 */
function asDetail(one: Gathered, open: readonly Gathered[], about: Scored): Gathered {
  if (open.length === 0 || isStated(one) || !one.proposals.every(maySayMore)) return one
  const stated = open.find(other => saysMore(one, other))
  if (stated === undefined || stated.candidate.score <= one.candidate.score) return one
  return withScore({ ...one, features: stated.features }, about)
}

/** An adverse effect is as sure as the condition that it explains. */
function asDependent(one: Gathered, all: readonly Gathered[], about: Scored): Gathered {
  const needed = one.proposals[0]?.asSureAs
  const base = needed === undefined ? undefined : all.find(({ candidate }) => candidate.code === needed)
  return base === undefined ? one : withScore({ ...one, features: base.features }, about)
}

function maySayMore(proposal: Proposal): boolean {
  return isDiagnosis(proposal) && proposal.concept?.statedOnly !== true
}

function isStated({ proposals }: Gathered): boolean {
  return proposals.some(({ section }) => statesDiagnoses(section))
}

interface Round extends Omit<Reconciled, 'notCoded'>, Noted {}

function reconcile(strong: readonly Gathered[], about: Scored): Round {
  const ruled = runRules(strong, about.rules, {
    ...about,
    findWords: (wordings, near) => findWords(about, wordings, near),
  })
  const lines = [...ruled.notCoded]
  const rescored = ruled.kept.map(one => (strong.includes(one) ? one : withScore(one, about)))
  const worth = rescored.filter(one => one.candidate.score >= about.minScore)
  for (const one of rescored) if (!worth.includes(one)) lines.push(...tooWeak(one, about))
  const unnoted = withoutLosers(worth, about, lines)
  const noted = applyNotes(unnoted, about)
  return {
    kept: noted.kept,
    coded: noted.coded,
    reclaimed: ruled.reclaimed,
    lines: [...lines, ...noted.lines],
    findings: [...ruled.findings, ...noted.findings],
    order: [...ruled.order, ...noted.order],
  }
}

/** The line of a past disease whose history code has given way to it again. */
function isReclaimed({ code, reason }: NotCoded, reclaimed: ReadonlySet<string>): boolean {
  return reason === 'historical' && code !== null && reclaimed.has(code)
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
    if (code !== null && by !== undefined && GIVES_WAY.has(reason)) winner.set(code, by)
  return lines.map(line => {
    if (line.by === undefined || !GIVES_WAY.has(line.reason)) return line
    const seen = new Set<string>()
    let { by } = line
    for (let next = winner.get(by); next !== undefined && !seen.has(next); next = winner.get(by)) {
      seen.add(by)
      by = next
    }
    return { ...line, by }
  })
}

const GIVES_WAY: ReadonlySet<NotCoded['reason']> = new Set(['superseded', 'excludes1', 'integral-symptom'])

function byPlace(a: NotCoded, b: NotCoded): number {
  return a.start - b.start || a.end - b.end || ((a.code ?? '') < (b.code ?? '') ? -1 : 1)
}
