/**
 * A statement about a drug → its code, character by character, and the words that it rests on.
 *
 *   hyponatremia due to hydrochlorothiazide      T50.2X  the drug        evidence of the role `cause`
 *   ------------ ------ -------------------      5       an adverse effect, for the words "due to"
 *                                                A       as the encounter says
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { Document } from '../../model/document.js'
import { withIntent } from '../../model/drugs.js'
import { chooseAxes } from '../axes.js'
import type { AxisTable } from '../axis-table.js'
import type { DraftDerivation, Place } from '../drafts.js'
import type { Mention } from '../mention.js'
import { createNearby } from '../nearby.js'
import type { NoteFacts } from '../note-facts.js'
import { mentionPlaces } from '../places.js'
import type { DrugStatement, DrugUse } from './statement.js'

export interface DeriveParts {
  readonly document: Document
  readonly catalogue: Catalogue
  readonly axes: AxisTable
  readonly idsOf: (words: readonly string[]) => readonly number[]
  readonly facts: NoteFacts
  readonly isNamedSite: (token: number) => boolean
}

export interface DrugCode {
  readonly code: string
  readonly derivation: readonly DraftDerivation[]
  readonly places: readonly Place[]
}

/** Undefined where the class of the drug has no such code. */
export function deriveCode(
  statement: DrugStatement,
  mention: Mention,
  parts: DeriveParts,
): DrugCode | undefined {
  const { allergies, longTerm, name } = statement.drug.drugClass
  switch (statement.kind) {
    case 'use':
      return codeOfUse(statement, mention, parts)
    case 'allergy':
      return wholeCode(
        statement,
        allergies.find(one => isBillable(one, parts.catalogue)),
        `allergy to ${name}`,
        parts,
      )
    case 'long-term':
      return wholeCode(statement, longTerm, `long-term use of ${name}`, parts)
    case 'noncompliance':
      return wholeCode(statement, statement.code, statement.why, parts)
  }
}

function isBillable(code: string, catalogue: Catalogue): boolean {
  const entry = catalogue.find(code)
  return entry >= 0 && catalogue.isBillable(entry)
}

function wholeCode(
  statement: DrugStatement,
  code: string | undefined,
  why: string,
  { document }: DeriveParts,
): DrugCode | undefined {
  if (code === undefined) return undefined
  const place = joinedPlace(statement, document)
  const source = `Guidelines ${statement.section}`
  return {
    code,
    places: [place],
    derivation: [{ characters: code, by: 'attribute', why, places: [place], source }],
  }
}

/** "Allergic to codeine" is quoted in one piece; from words that stand further away the drug alone; a reason as it is. */
function joinedPlace(statement: DrugStatement, { text }: Document): Place {
  const { cue, drug } = statement
  if (statement.kind === 'noncompliance' && statement.reason !== undefined)
    return { role: 'condition', start: statement.reason.start, end: statement.reason.end }
  const start = Math.min(cue.start, drug.start)
  const end = Math.max(cue.end, drug.end)
  const isNear = end - start <= NEAR && !text.slice(start, end).includes('\n')
  return isNear ? { role: 'condition', start, end } : { role: 'condition', start: drug.start, end: drug.end }
}

const NEAR = 60

function codeOfUse(use: DrugUse, mention: Mention, parts: DeriveParts): DrugCode | undefined {
  const { drug, intent, cue, intentCue, effect, section } = use
  const { category, name } = drug.drugClass
  if (category === undefined) return undefined
  const { document, axes, idsOf, facts } = parts
  const stem = withIntent(category, intent)
  const chosen = chooseAxes(
    `${stem}{encounter}`,
    axes,
    createNearby(document, mention, idsOf, parts.isNamedSite),
    facts,
  )
  const named: Place = {
    role: intent === 'adverse' ? 'cause' : 'condition',
    start: drug.start,
    end: drug.end,
  }
  const said: Place = { role: 'cause', start: cue.start, end: cue.end }
  const intended: Place =
    intentCue === undefined ? said : { role: 'cause', start: intentCue.start, end: intentCue.end }
  return {
    code: chosen.code,
    derivation: [
      { characters: category, by: 'attribute', why: name, places: [named], source: 'Table of drugs' },
      {
        characters: stem.slice(category.length),
        by: 'attribute',
        why: intent,
        places: [intended],
        source: `Guidelines ${section}`,
      },
      ...chosen.derivation.slice(1),
    ],
    places: [
      named,
      said,
      ...(effect === undefined ? [] : mentionPlaces(effect.mention, document, 'condition')),
    ],
  }
}
