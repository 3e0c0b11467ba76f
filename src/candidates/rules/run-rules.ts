/**
 * Candidates of one note → the same after the guideline rules: in the order of the tables each rule looks for its
 * target among what is still there, and acts where its conditions hold.
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { RuleCondition, RuleRow } from '../../model/rules.js'
import type { Document } from '../../model/document.js'
import type { Setting } from '../../model/note.js'
import type { Evidence, Finding, NotCoded } from '../../model/result.js'
import { giveUp, type Gathered } from '../gather.js'
import type { FeatureParts } from '../score/features.js'
import { combine, support } from './combine.js'
import { hasOtherCause, isStatedCause, shareSentence } from './causes.js'
import { isOfOneSite } from './sides.js'
import { fillTemplate } from './patterns.js'
import {
  createBits,
  hasBit,
  meets,
  type Bits,
  type KnownCode,
  type Rule,
  type RuleBook,
} from './rule-book.js'

export interface RuleNote extends FeatureParts {
  readonly catalogue: Catalogue
  readonly fiscalYear: number
  readonly setting: Setting
  /** The first of the wordings that stands in the note, present and the patient's; `near`: in a sentence with its mentions. */
  readonly findWords: (
    wordings: readonly (readonly number[])[],
    near: Gathered | undefined,
  ) => Evidence | undefined
}

export interface Reconciled {
  readonly kept: readonly Gathered[]
  readonly notCoded: readonly NotCoded[]
  readonly findings: readonly Finding[]
  /** Pairs of codes of which the first stands before the second. */
  readonly order: readonly (readonly [first: string, second: string])[]
  /** Codes that were left for another one, which has given way to them again. */
  readonly reclaimed: ReadonlySet<string>
}

export function runRules(gathered: readonly Gathered[], book: RuleBook, note: RuleNote): Reconciled {
  const state: State = {
    live: [],
    due: createBits(book.rules.length),
    book,
    notCoded: [],
    findings: [],
    order: [],
    reclaimed: new Set(),
  }
  for (const one of gathered) enter(one, state)
  for (let place = 0; place < book.rules.length; place++) {
    // Most rules are not looked at, not even in memory.
    if (!hasBit(state.due, place)) continue
    const rule = book.rules[place] as Rule
    if (isInForce(rule.row, note)) applyToAll(rule, state, note)
  }
  const { notCoded, findings, order, reclaimed } = state
  return { notCoded, findings, order, reclaimed, kept: state.live.map(({ gathered: kept }) => kept) }
}

function applyToAll(rule: Rule, state: State, note: RuleNote): void {
  for (const target of state.live.filter(({ known }) => hasBit(known.targetOf, rule.place)))
    if (state.live.includes(target)) applyTo(target, rule, state, note)
}

/** A candidate that is still there, with what the rules know of its code. */
interface Live {
  readonly gathered: Gathered
  readonly known: KnownCode
}

interface State {
  live: Live[]
  /** The rules that have a target among what is there or was. */
  readonly due: Bits
  readonly book: RuleBook
  readonly notCoded: NotCoded[]
  readonly findings: Finding[]
  readonly order: (readonly [string, string])[]
  readonly reclaimed: Set<string>
}

function enter(gathered: Gathered, { live, due, book }: State): void {
  const { system, code } = gathered.candidate
  // No rule speaks of another system's codes, and none of the empty one.
  const known = book.known(system === 'icd10cm' ? code : '')
  live.push({ gathered, known })
  const { targetOf } = known
  for (let word = 0; word < due.length; word++) due[word] = (due[word] as number) | (targetOf[word] as number)
}

function isInForce({ from = 0, until = Infinity, setting }: RuleRow, note: RuleNote): boolean {
  return (
    note.fiscalYear >= from && note.fiscalYear <= until && (setting === undefined || setting === note.setting)
  )
}

function applyTo(target: Live, rule: Rule, state: State, note: RuleNote): void {
  const { row } = rule
  const { gathered } = target
  if (row.when.includes('uncertain') && gathered.candidate.assertion.certainty === 'confirmed') return
  const { live, book } = state
  const { code } = gathered.candidate
  const partners: Gathered[] = []
  for (const list of rule.with) {
    const met = live.filter(one => one !== target && meets(one.known, list, code))
    const related = met.length === 0 ? [] : relatedOf(met, gathered, row.when, note.document)
    if (related.length === 0) return
    partners.push(...related)
  }
  if (live.some(({ known }) => meets(known, rule.unless, code))) return
  const isOfWords = row.words.length > 0
  const words = isOfWords
    ? note.findWords(book.wordingsOf(row), row.wordsNear ? gathered : undefined)
    : undefined
  if (isOfWords && words === undefined) return
  const of = { rule: row, target: gathered, partners, words: words === undefined ? [] : [words] }
  EFFECTS[row.effect](of, state, note)
}

/** Of the candidates that meet a list of `with`, those to which the target is related as the rule demands. */
function relatedOf(
  met: readonly Live[],
  target: Gathered,
  when: readonly RuleCondition[],
  document: Document,
): Gathered[] {
  const partners = met.map(({ gathered }) => gathered)
  if (when.length === 0) return partners
  const isElsewhere =
    when.includes('no-other-cause') && partners.some(one => hasOtherCause(document, one, target))
  return isElsewhere ? [] : partners.filter(one => isRelated(one, target, when, document))
}

function isRelated(
  partner: Gathered,
  target: Gathered,
  when: readonly RuleCondition[],
  document: Document,
): boolean {
  if (when.includes('no-cause-named') && hasOtherCause(document, target, partner)) return false
  if (when.includes('stated-cause') && !isStatedCause(document, partner, target)) return false
  if (when.includes('same-side') && !isOfOneSite(document, partner, target)) return false
  return !when.includes('one-sentence') || shareSentence(document, partner, target)
}

interface Case {
  readonly rule: RuleRow
  readonly target: Gathered
  /** All that meet the lists of `with`, in their order. */
  readonly partners: readonly Gathered[]
  readonly words: readonly Evidence[]
}

type Effect = (of: Case, state: State, note: RuleNote) => void

const EFFECTS: Readonly<Record<RuleRow['effect'], Effect>> = {
  replace: (of, state, note) => {
    const { target, rule } = of
    const code = resultOf(of)
    if (code === target.candidate.code) return
    const standing = state.live.find(({ gathered }) => gathered.candidate.code === code)?.gathered
    const result =
      standing === undefined
        ? combine({ ...of, code, base: target }, note)
        : support(standing, rule, [target, ...of.partners])
    if (result === undefined) return
    if (rule.code === FORMER) state.reclaimed.add(code)
    giveUpFor(target, 'superseded', code, rule, state, note)
    state.live = state.live.filter(({ gathered }) => gathered !== standing)
    enter(result, state)
  },
  drop: ({ rule, target, partners }, state, note) => {
    giveUpFor(target, rule.reason ?? 'superseded', partners[0]?.candidate.code, rule, state, note)
  },
  add: (of, state, note) => {
    const code = resultOf(of)
    if (state.live.some(({ gathered }) => gathered.candidate.code === code)) return
    const result = combine({ ...of, code, base: of.target }, note)
    if (result !== undefined) enter(result, state)
  },
  order: ({ target, partners }, state) => {
    for (const partner of partners) state.order.push([target.candidate.code, partner.candidate.code])
  },
  query: ({ rule, target, partners, words }, state) => {
    const all = [target, ...partners]
    state.findings.push({
      rule: rule.section,
      severity: 'warning',
      codes: all.map(({ candidate }) => candidate.code),
      message: rule.why,
      evidence: [...all.flatMap(({ candidate }) => candidate.evidence), ...words],
    })
  },
}

const FORMER = '{from}'

/** `{from}`: the code in whose place the target stands, as a history code does for its disease. */
function resultOf({ rule, target, partners }: Case): string {
  if (rule.code === FORMER)
    return target.candidate.rules.find(({ effect }) => effect === 'replace')?.from[0] ?? target.candidate.code
  return fillTemplate(rule.code ?? '', target.candidate.code, partners[0]?.candidate.code)
}

function giveUpFor(
  loser: Gathered,
  reason: NotCoded['reason'],
  by: string | undefined,
  { section }: RuleRow,
  state: State,
  { document }: RuleNote,
): void {
  state.live = state.live.filter(({ gathered }) => gathered !== loser)
  state.notCoded.push(
    ...giveUp(loser, document, reason, { rule: section, ...(by === undefined ? {} : { by }) }),
  )
}
