/**
 * Codes written in the note → proposals with evidence of the role `code`, or ledger lines: a code that is not valid on
 * the date of service is `invalid-on-date`, with the code that took its place where the conversion table knows it; a
 * category or a subcategory is no code to bill (Official Guidelines I.B.2).
 */
import type { Concept } from '../../model/dictionary.js'
import type { NotCoded } from '../../model/result.js'
import { categoryOf } from '../../codes/icd10cm.js'
import type { Outcome } from '../drafts.js'
import type { Mention } from '../mention.js'
import { ledgerLine } from '../ledger-line.js'
import { tokensIn } from '../places.js'
import { propose, successor, type ProposeParts } from '../propose.js'
import { findTyped, type TypedCode } from './find-typed.js'

/** The code is its own wording. */
const WRITTEN = { source: 'written', words: 1, strangers: 0, isSlip: false } as const

export function proposeTyped(parts: ProposeParts): Outcome[] {
  return findTyped(parts.document.text).flatMap(typed => {
    const mention = mentionOf(typed, parts)
    return mention === undefined ? [] : outcomesOf(typed, mention, parts)
  })
}

function outcomesOf(typed: TypedCode, mention: Mention, parts: ProposeParts): Outcome[] {
  const { catalogue } = parts
  const { code, hasDot, place } = typed
  const entry = catalogue.find(code)
  if (entry >= 0 && catalogue.isBillable(entry))
    return hasDot || place !== 'text' ? valid(typed, entry, mention, parts) : []
  const by = successor(code, parts)
  if (by !== undefined && (hasDot || place !== 'text'))
    return [line(typed, mention, parts, 'invalid-on-date', by)]
  if (place === 'text' || !(hasDot || place === 'announced')) return []
  if (entry >= 0) return [line(typed, mention, parts, 'no-code')]
  if (!parts.hasRelease) return place === 'item' ? [] : [line(typed, mention, parts, 'no-code')]
  // What no category begins is no code of this classification.
  return catalogue.find(categoryOf(code)) < 0 ? [] : [line(typed, mention, parts, 'invalid-on-date')]
}

function mentionOf(
  { code, start, end }: TypedCode,
  { document, catalogue }: ProposeParts,
): Mention | undefined {
  const tokens = tokensIn(document, start, end)
  const firstToken = tokens[0]
  if (firstToken === undefined) return undefined
  const sense = { source: 'title', concept: -1, entry: catalogue.find(code), needsCapitals: false } as const
  return { firstToken, endToken: (tokens.at(-1) as number) + 1, tokens, phrase: -1, senses: [sense] }
}

/** The same way as words go, for "no longer E66.9" is denied as "no longer obese" is. */
function valid(
  { code, start, end }: TypedCode,
  entry: number,
  mention: Mention,
  parts: ProposeParts,
): Outcome[] {
  const [sense] = mention.senses
  const concept = sense === undefined ? undefined : parts.conceptOf(sense)
  const place = { role: 'code', start, end } as const
  const title = `Tabular: ${code} ${parts.catalogue.title(entry)}`
  const asWords = {
    ...parts,
    assertionOf: parts.assertionAnywhere,
    conceptOf: () => asWritten(concept, code),
  }
  return propose(mention, asWords).map(outcome => {
    if (outcome.kind !== 'proposed' || outcome.proposal.code !== code) return outcome
    const derivation = [
      { characters: code, by: 'attribute', why: 'the note names the code', places: [place], source: title },
    ] as const
    return {
      ...outcome,
      proposal: { ...outcome.proposal, places: [place], derivation, wording: WRITTEN },
    }
  })
}

/** What the lexicon knows of the condition, without what is asked of words. */
function asWritten(concept: Concept | undefined, code: string): Concept | undefined {
  if (concept === undefined) return undefined
  const { system, preferred, kind, history, family, chronic } = concept
  return {
    system,
    code,
    preferred,
    kind,
    ...(history === undefined ? {} : { history }),
    ...(family === undefined ? {} : { family }),
    ...(chronic === undefined ? {} : { chronic }),
  }
}

function line(
  { code }: TypedCode,
  mention: Mention,
  { document, sectionOf }: ProposeParts,
  reason: NotCoded['reason'],
  by?: string,
): Outcome {
  const section = sectionOf(mention.firstToken)
  const rule = reason === 'no-code' ? 'I.B.2' : undefined
  return {
    kind: 'not-coded',
    line: ledgerLine({ system: 'icd10cm', code, mention, section, reason, rule, by }, document),
  }
}
