/**
 * Proposals → the candidates of a note in the order of a claim, and the ledger of all others: gathered by code,
 * parted by the limit of the score, reconciled by the guideline rules and ranked.
 */
import { categoryOf } from '../codes/icd10cm.js'
import type { Catalogue, GeneralCode } from '../model/dictionary.js'
import type { RuleRow } from '../model/rules.js'
import type { TabularNotes } from '../model/tabular.js'
import type { Document } from '../model/document.js'
import type { Setting } from '../model/note.js'
import type { Candidate, Finding, NotCoded, ScoreParts } from '../model/result.js'
import type { Outcome, Proposal } from './drafts.js'
import { gather, giveUp, type Gathered } from './gather.js'
import { rank } from './rank.js'
import { findSuperseded, findUnexplained, isDetailOf } from './reconcile.js'
import { quote } from './places.js'
import { SYMPTOM_CODES, sumParts } from './score.js'
import { withPoa, type AdmissionParts } from './admission/present-on-admission.js'
import type { AddDetail } from './detail/create-detail.js'
import { findAdditional } from './tabular/additional.js'
import { applyNotes, type Noted } from './tabular/apply-notes.js'
import { findWords, type WordSearch } from './rules/find-words.js'
import { runRules, type Reconciled } from './rules/run-rules.js'

export interface Settlement extends WordSearch {
  readonly catalogue: Catalogue
  readonly tabularNotes: TabularNotes
  readonly rules: readonly RuleRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly fiscalYear: number
  readonly setting: Setting
  readonly addDetail: AddDetail
  readonly isPoaExempt: AdmissionParts['isPoaExempt']
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
  const gathered = gather(withoutRuledOut(proposals, notCoded, document), about)
  const stated = gathered.filter(one => one.candidate.score >= minScore)
  const strong = [...stated, ...gathered.flatMap(one => asDetail(one, stated, minScore))]
  const first = reconcile(strong, about)
  const revived = first.kept.some(isDefinitive) ? [] : gathered.flatMap(one => revive(one, minScore))
  const { kept, coded, lines, findings, order, reclaimed } =
    revived.length === 0 ? first : reconcile([...strong, ...revived], about)
  const standing = new Set([...strong, ...revived].map(({ candidate }) => candidate.code))
  for (const one of gathered)
    if (!standing.has(one.candidate.code)) notCoded.push(...giveUp(one, document, 'below-score'))
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

/** What a coder may still ask, and whether the condition was there on admission. */
function withDetail(ledger: readonly NotCoded[], about: Settlement): (one: Candidate) => Candidate {
  const { document, addDetail } = about
  const codes = new Set(ledger.flatMap(({ code, codes = [] }) => (code === null ? codes : [code])))
  const note = { tokens: document.tokens, codes }
  return candidate => withPoa(addDetail(candidate, note), about)
}

/** "Suspicious for embolism … embolism ruled out": what the note denies later was only thought of (II.H). */
function withoutRuledOut(
  proposals: readonly Proposal[],
  notCoded: NotCoded[],
  document: Document,
): readonly Proposal[] {
  const denied = new Set(
    notCoded
      .filter(({ reason }) => reason === 'negated')
      .map(({ code }) => (code === null ? '' : categoryOf(code))),
  )
  return proposals.filter(proposal => {
    const { assertion, code, mention, section, system } = proposal
    if (assertion.certainty === 'confirmed' || !denied.has(categoryOf(code))) return true
    notCoded.push({ system, code, ...quote(mention, document), section, reason: 'negated', rule: 'II.H' })
    return false
  })
}

/** A disease or injury: what may explain a symptom. */
function isDefinitive({ candidate: { code, system } }: Gathered): boolean {
  return system === 'icd10cm' && /^[A-QST]/.test(code) && !SYMPTOM_CODES.test(code)
}

/**
 * Where no confirmed diagnosis is left, the symptoms are what is coded (I.B.4, IV.D): their score without what
 * it loses for a diagnosis that would explain them.
 */
function revive(one: Gathered, minScore: number): Gathered[] {
  const isWeakSymptom = one.candidate.score < minScore && SYMPTOM_CODES.test(one.candidate.code)
  return isWeakSymptom ? raise(one, { symptom: 0, elsewhere: 0 }, minScore) : []
}

/**
 * "Known chronic HFrEF … assessment: CHF": what the story tells more exactly of a diagnosis stated without detail
 * is the code (I.B.2, I.B.18). A symptom's detail is none of a diagnosis.
 */
function asDetail(one: Gathered, stated: readonly Gathered[], minScore: number): Gathered[] {
  const isDetail =
    one.candidate.score < minScore && isDefinitive(one) && stated.some(other => isDetailOf(one, other))
  return isDetail ? raise(one, { elsewhere: 0 }, minScore) : []
}

/** The candidate with other parts in its score, if that lifts it over the limit. */
function raise({ candidate, proposals }: Gathered, parts: ScoreParts, minScore: number): Gathered[] {
  const raised = proposals.map(({ scoreParts }) => ({ ...scoreParts, ...parts }))
  const best = raised.reduce((left, right) => (sumParts(right) > sumParts(left) ? right : left))
  const score = sumParts(best)
  if (score < minScore) return []
  const shown = candidate.scoreParts === undefined ? {} : { scoreParts: best }
  return [{ candidate: { ...candidate, score, ...shown }, proposals }]
}

interface Round extends Omit<Reconciled, 'notCoded'>, Noted {}

function reconcile(strong: readonly Gathered[], about: Settlement): Round {
  const ruled = runRules(strong, about.rules, {
    ...about,
    findWords: (wordings, near) => findWords(about, wordings, near),
  })
  const lines = [...ruled.notCoded]
  const unnoted = withoutLosers(ruled.kept, about, lines)
  const noted = applyNotes(unnoted, about)
  return {
    ...ruled,
    ...noted,
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
