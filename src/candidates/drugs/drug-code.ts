/**
 * A statement about a drug → the code it leads to, judged like any condition: denied, a relative's, possible or past
 * ones become ledger lines. Undefined where the release has no such code.
 */
import type { Assertion } from '../../model/assertion.js'
import type { Concept, ConceptKind } from '../../model/dictionary.js'
import type { Setting } from '../../model/note.js'
import type { Span } from '../../model/span.js'
import type { Outcome } from '../drafts.js'
import { judge } from '../judge.js'
import { ledgerLine } from '../ledger-line.js'
import type { Mention } from '../mention.js'
import { deriveCode, type DeriveParts } from './derive-code.js'
import type { Drug } from './find-drugs.js'
import type { DrugStatement } from './statement.js'

export interface DrugCodeParts extends DeriveParts {
  readonly sectionOf: (token: number) => string
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  readonly setting: Setting
  readonly hasAssessment: boolean
}

export function codeDrug(statement: DrugStatement, parts: DrugCodeParts): Outcome | undefined {
  const { document, catalogue } = parts
  const { drug } = statement
  const mention = mentionOf(drug)
  const found = deriveCode(statement, mention, parts)
  if (found === undefined) return undefined
  const { code, derivation, places } = found
  const entry = catalogue.find(code)
  if (entry < 0 || !catalogue.isBillable(entry)) return undefined
  const section = parts.sectionOf(drug.firstToken)
  const marked = parts.assertionOf(drug.firstToken, drug.endToken)
  const assertion = assertionFor(statement, marked)
  const concept = conceptOf(statement, code, catalogue.title(entry))
  const judgement = judge(assertion, concept, parts.setting, section, parts.hasAssessment)
  if (judgement.kind !== 'code') {
    const { reason, rule, cue } = judgement
    const line = ledgerLine({ system: 'icd10cm', code, mention, section, reason, rule, cue }, document)
    return { kind: 'not-coded', line }
  }
  return {
    kind: 'proposed',
    proposal: {
      mention,
      concept,
      system: 'icd10cm',
      code,
      display: catalogue.title(entry),
      billable: true,
      unspecified: false,
      section,
      places,
      assertion,
      derivation,
      rules: [],
      wording: {
        source: 'lexicon',
        words: mention.tokens.length,
        strangers: 0,
        isSlip: mention.tokens.some(token => document.slips.has(token)),
      },
      ...effectOf(statement),
    },
  }
}

function mentionOf({ firstToken, endToken }: Drug): Mention {
  const tokens = Array.from({ length: endToken - firstToken }, (_, i) => firstToken + i)
  return { firstToken, endToken, tokens, phrase: -1, senses: [] }
}

/**
 * An adverse effect is as current as its effect; "took his wife's pills" tells of the patient; the "not" of
 * "could not afford" denies no underdosing.
 */
function assertionFor(statement: DrugStatement, marked: Assertion): Assertion {
  if ('isOfAnother' in statement && statement.isOfAnother) return { ...marked, experiencer: 'patient' }
  if (isLessTaken(statement) && deniesOnly(marked, statement.cue)) return { ...marked, presence: 'present' }
  if (statement.kind === 'use' && statement.effect !== undefined && marked.temporality === 'historical')
    return { ...marked, temporality: statement.effect.assertion.temporality }
  return marked
}

function isLessTaken(statement: DrugStatement): boolean {
  return (
    statement.kind === 'noncompliance' || (statement.kind === 'use' && statement.intent === 'underdosing')
  )
}

/** What denies stands inside the words themselves. */
function deniesOnly({ presence, cues }: Assertion, { start, end }: Span): boolean {
  const denials = cues.filter(({ category }) => category.startsWith('negated'))
  return presence === 'absent' && denials.every(cue => cue.start >= start && cue.end <= end)
}

const KIND_OF_STATEMENT: Readonly<Record<DrugStatement['kind'], ConceptKind>> = {
  use: 'injury',
  allergy: 'status',
  'long-term': 'status',
  // Why less was taken stands beside the underdosing and is as sure as that.
  noncompliance: 'injury',
}

function conceptOf({ kind }: DrugStatement, code: string, preferred: string): Concept {
  return { system: 'icd10cm', code, preferred, kind: KIND_OF_STATEMENT[kind] }
}

/** An adverse effect stands and falls with the condition that it explains. */
function effectOf(statement: DrugStatement): { readonly asSureAs?: string } {
  return statement.kind === 'use' && statement.effect !== undefined ? { asSureAs: statement.effect.code } : {}
}
