/**
 * A mention and its assertion → proposals and ledger lines. A mention whose senses the note cannot
 * decide is one ledger line `ambiguous` with all its codes.
 */
import type { Assertion, Cue } from '../model/assertion.js'
import type { Document } from '../model/document.js'
import type { Catalogue, Concept, Sense } from '../model/dictionary.js'
import type { CodeSystem } from '../model/code.js'
import type { Setting } from '../model/note.js'
import type { NotCoded } from '../model/result.js'
import type { AxisTable } from './axis-table.js'
import type { ChildrenOf } from './children.js'
import type { DraftDerivation, Outcome, Place } from './drafts.js'
import { judge, type Judgement } from './judge.js'
import { ledgerLine } from './ledger-line.js'
import type { NoteFacts } from './note-facts.js'
import type { Mention } from './mention.js'
import { createNearby, type Nearby } from './nearby.js'
import { mentionPlaces, quote } from './places.js'
import { specify, type SpecifiedCode } from './specify.js'

export interface ProposeParts {
  readonly document: Document
  readonly catalogue: Catalogue
  /** The entry of what stands today for a code that was valid once, or -1. */
  readonly successorOf: (code: string) => number
  readonly axes: AxisTable
  readonly childrenOf: ChildrenOf
  /** Without one the lexicon's codes are the catalogue, and what it lacks may be valid. */
  readonly hasRelease: boolean
  readonly conceptOf: (sense: Sense) => Concept | undefined
  /** Ids of a wording's words, none where a word is in no phrase. */
  readonly idsOf: (words: readonly string[]) => readonly number[]
  /** Whether a token names a part of the body within some mention. */
  readonly isNamedSite: (token: number) => boolean
  readonly sectionOf: (token: number) => string
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  /** Of any tokens, whether or not words of the dictionary were found in their sentence. */
  readonly assertionAnywhere: (firstToken: number, endToken: number) => Assertion
  readonly setting: Setting
  readonly hasAssessment: boolean
  readonly facts: NoteFacts
}

export function propose(mention: Mention, parts: ProposeParts): Outcome[] {
  const section = parts.sectionOf(mention.firstToken)
  let known: Nearby | undefined
  const nearby = (): Nearby =>
    (known ??= createNearby(parts.document, mention, parts.idsOf, parts.isNamedSite))
  const choices = mention.senses.map((sense): Choice => {
    const concept = parts.conceptOf(sense)
    return {
      sense,
      concept,
      system: concept?.system ?? 'icd10cm',
      specified: specify(sense, concept, nearby, parts),
    }
  })
  if (choices.length === 1) return proposeIn(mention, section, choices, parts)
  const systems = new Set(choices.map(choice => choice.system))
  return [...systems].flatMap(system =>
    proposeIn(
      mention,
      section,
      choices.filter(choice => choice.system === system),
      parts,
    ),
  )
}

interface Choice {
  readonly sense: Sense
  readonly concept: Concept | undefined
  readonly system: CodeSystem
  readonly specified: SpecifiedCode | undefined
}

/** The choices of one code system. */
function proposeIn(
  mention: Mention,
  section: string,
  choices: readonly Choice[],
  parts: ProposeParts,
): Outcome[] {
  const [only] = choices
  if (only === undefined) return []
  if (choices.length > 1) return [ambiguous(mention, section, choices, parts)]
  if (only.specified === undefined) return [noCode(mention, section, only.concept, parts)]
  const marked = parts.assertionOf(mention.firstToken, mention.endToken)
  const judgement = judge(marked, only.concept, parts.setting, section, parts.hasAssessment)
  const temporality = judgement.kind === 'code' ? judgement.temporality : undefined
  const assertion: Assertion = temporality === undefined ? marked : { ...marked, temporality }
  const { specified } = only
  const { otherSide } = specified
  const { sense, concept, system } = only
  const judged = { mention, section, assertion, judgement, sense, concept, system, specified }
  if (otherSide === undefined || judgement.kind === 'instead') return outcomes(judged, parts)
  return [...outcomes(judged, parts), ...outcomes({ ...judged, specified: otherSide }, parts)]
}

interface Judged {
  readonly mention: Mention
  readonly section: string
  readonly assertion: Assertion
  readonly judgement: Judgement
  readonly sense: Sense
  readonly concept: Concept | undefined
  readonly system: CodeSystem
  readonly specified: SpecifiedCode
}

function outcomes(judged: Judged, parts: ProposeParts): Outcome[] {
  const { judgement, specified, system, concept } = judged
  if (judgement.kind === 'leave') return [left(judged, specified.code, judgement, parts)]
  if (judgement.kind === 'code') {
    const display = specified.entry >= 0 ? parts.catalogue.title(specified.entry) : (concept?.preferred ?? '')
    const billable = specified.entry >= 0 ? parts.catalogue.isBillable(specified.entry) : system !== 'icd10cm'
    if (system === 'icd10cm' && specified.entry < 0)
      return [
        left(
          judged,
          specified.code,
          { reason: 'invalid-on-date', cue: undefined },
          parts,
          successor(specified.code, parts),
        ),
      ]
    if (!billable)
      return [left(judged, specified.code, { reason: 'no-code', rule: 'I.B.2', cue: undefined }, parts)]
    return [
      proposed(
        judged,
        { code: specified.code, display, derivation: specified.derivation, places: specified.places },
        parts,
      ),
    ]
  }
  const entry = parts.catalogue.find(judgement.code)
  const own = left(judged, specified.code, judgement, parts, judgement.code)
  if (entry < 0) return [own]
  const derivation: DraftDerivation[] = [
    {
      characters: judgement.code,
      by: 'rule',
      why: `${judgement.reason} of ${concept?.preferred ?? 'the condition'}`,
      places: [],
      source: `Guidelines ${judgement.rule}`,
    },
  ]
  return [
    proposed(
      judged,
      { code: judgement.code, display: parts.catalogue.title(entry), derivation, places: [] },
      parts,
    ),
    own,
  ]
}

interface CodeParts {
  readonly code: string
  readonly display: string
  readonly derivation: readonly DraftDerivation[]
  readonly places: readonly Place[]
}

function proposed(judged: Judged, coded: CodeParts, parts: ProposeParts): Outcome {
  const { mention, sense, concept, system, section, assertion, specified, judgement } = judged
  const { code, display, derivation } = coded
  const places = mentionPlaces(mention, parts.document, system === 'icd10cm' ? 'condition' : 'procedure')
  for (const place of coded.places) places.push(place)
  return {
    kind: 'proposed',
    proposal: {
      mention,
      concept,
      system,
      code,
      display,
      derivation,
      billable: true,
      unspecified: specified.unspecified,
      section,
      places,
      assertion,
      rules:
        judgement.kind === 'instead'
          ? [{ id: judgement.rule, effect: 'replace', from: [specified.code] }]
          : [],
      wording: {
        source: sense.source,
        words: mention.tokens.length,
        strangers: mention.endToken - mention.firstToken - mention.tokens.length,
        isSlip:
          parts.document.slips.size > 0 && mention.tokens.some(token => parts.document.slips.has(token)),
      },
    },
  }
}

interface LeftFor {
  readonly reason: NotCoded['reason']
  readonly rule?: string
  readonly cue: Cue | undefined
}

function left(
  { mention, section, system }: Judged,
  code: string,
  { reason, rule, cue }: LeftFor,
  parts: ProposeParts,
  by?: string,
): Outcome {
  const line = ledgerLine({ system, code, mention, section, reason, rule, cue, by }, parts.document)
  return { kind: 'not-coded', line }
}

function ambiguous(
  mention: Mention,
  section: string,
  choices: readonly Choice[],
  parts: ProposeParts,
): Outcome {
  const codes = choices
    .flatMap(choice => (choice.specified === undefined ? [] : [choice.specified.code]))
    .sort()
  const system = choices[0]?.system ?? 'icd10cm'
  return {
    kind: 'not-coded',
    line: { system, code: null, codes, ...quote(mention, parts.document), section, reason: 'ambiguous' },
  }
}

function noCode(
  mention: Mention,
  section: string,
  concept: Concept | undefined,
  parts: ProposeParts,
): Outcome {
  const code = concept === undefined || concept.code === '' ? null : concept.code
  const reason = code === null ? 'no-code' : 'invalid-on-date'
  const by = code === null ? undefined : successor(code, parts)
  const line = ledgerLine({ system: 'icd10cm', code, mention, section, reason, by }, parts.document)
  return { kind: 'not-coded', line }
}

/** The code that took the place of one that is valid no more. */
export function successor(
  code: string,
  { catalogue, successorOf }: Pick<ProposeParts, 'catalogue' | 'successorOf'>,
): string | undefined {
  const entry = successorOf(code)
  return entry < 0 ? undefined : catalogue.code(entry)
}
