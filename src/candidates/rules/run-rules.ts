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
import { fillTemplate, isTemplate, matchesAny } from './patterns.js'
import type { RuleBook } from './rule-book.js'

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
    due: new Set(),
    book,
    notCoded: [],
    findings: [],
    order: [],
    reclaimed: new Set(),
  }
  for (const one of gathered) enter(one, state)
  for (let place = 0; place < book.rows.length; place++) {
    const rule = state.due.has(place) ? book.rows[place] : undefined
    if (rule === undefined || !isInForce(rule, note)) continue
    for (const target of state.live.filter(one => matches(one, rule.target)))
      if (state.live.includes(target)) applyTo(target, rule, state, note)
  }
  return { ...state, kept: state.live }
}

interface State {
  live: Gathered[]
  /** Places of the rules that have a target among what is there. */
  readonly due: Set<number>
  readonly book: RuleBook
  readonly notCoded: NotCoded[]
  readonly findings: Finding[]
  readonly order: (readonly [string, string])[]
  readonly reclaimed: Set<string>
}

function enter(one: Gathered, state: State): void {
  state.live.push(one)
  if (one.candidate.system !== 'icd10cm') return
  for (const place of state.book.rulesFor(one.candidate.code)) state.due.add(place)
}

function isInForce({ from = 0, until = Infinity, setting }: RuleRow, note: RuleNote): boolean {
  return (
    note.fiscalYear >= from && note.fiscalYear <= until && (setting === undefined || setting === note.setting)
  )
}

function matches({ candidate }: Gathered, patterns: readonly string[]): boolean {
  return candidate.system === 'icd10cm' && matchesAny(patterns, candidate.code)
}

function applyTo(target: Gathered, rule: RuleRow, state: State, note: RuleNote): void {
  if (rule.when.includes('uncertain') && target.candidate.assertion.certainty === 'confirmed') return
  const meet = (patterns: readonly string[]): Gathered[] => {
    const filled = patterns.some(isTemplate)
      ? patterns.map(pattern => fillTemplate(pattern, target.candidate.code))
      : patterns
    return state.live.filter(one => matches(one, filled))
  }
  const partners = rule.with.map(patterns => {
    const met = meet(patterns).filter(one => one !== target)
    const isElsewhere =
      rule.when.includes('no-other-cause') && met.some(one => hasOtherCause(note.document, one, target))
    return isElsewhere ? [] : met.filter(one => isRelated(one, target, rule.when, note.document))
  })
  if (partners.some(found => found.length === 0) || meet(rule.unless).length > 0) return
  const wordings = state.book.wordingsOf(rule)
  const words =
    rule.words.length === 0 ? undefined : note.findWords(wordings, rule.wordsNear ? target : undefined)
  if (rule.words.length > 0 && words === undefined) return
  const of = { rule, target, partners: partners.flat(), words: words === undefined ? [] : [words] }
  EFFECTS[rule.effect](of, state, note)
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
    const standing = state.live.find(one => one.candidate.code === code)
    const result =
      standing === undefined
        ? combine({ ...of, code, base: target }, note)
        : support(standing, rule, [target, ...of.partners])
    if (result === undefined) return
    if (rule.code === FORMER) state.reclaimed.add(code)
    giveUpFor(target, 'superseded', code, rule, state, note)
    state.live = state.live.filter(one => one !== standing)
    enter(result, state)
  },
  drop: ({ rule, target, partners }, state, note) => {
    giveUpFor(target, rule.reason ?? 'superseded', partners[0]?.candidate.code, rule, state, note)
  },
  add: (of, state, note) => {
    const code = resultOf(of)
    if (state.live.some(one => one.candidate.code === code)) return
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
  state.live = state.live.filter(one => one !== loser)
  state.notCoded.push(
    ...giveUp(loser, document, reason, { rule: section, ...(by === undefined ? {} : { by }) }),
  )
}
