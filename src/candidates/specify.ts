/**
 * A sense and the words around its mention → the most specific code that they support, with the choice
 * behind every character.
 *
 * Two ways lead down: the axes of a lexicon row (`S01.31{side}{encounter}`), and below a header of the
 * release the child whose own title words stand near the mention, or else the child for what is
 * unspecified (Official Guidelines I.B.2, I.A.9.b). A missing 7th character is A, active treatment.
 */
import type { AxisTable } from './axis-table.js'
import type { Children, ChildrenOf } from './children.js'
import type { NoteFacts } from './note-facts.js'
import type { Nearby } from './nearby.js'
import type { Catalogue, Concept, Sense } from '../model/dictionary.js'
import { chooseAxes, chooseValue, type ChosenCode } from './axes.js'
import { trimesterOf } from './axes-of-note.js'
import type { DraftDerivation, Place } from './drafts.js'

/** `places`: those in the note that chose characters, beside the mention itself. */
export type SpecifiedCode = ChosenCode

export interface SpecifyParts {
  readonly catalogue: Catalogue
  readonly axes: AxisTable
  readonly facts: NoteFacts
  readonly childrenOf: ChildrenOf
}

/** `nearby`: made when the code asks for it; most are said whole by their words. */
export function specify(
  sense: Sense,
  concept: Concept | undefined,
  nearby: () => Nearby,
  parts: SpecifyParts,
): SpecifiedCode | undefined {
  const { catalogue, axes, facts } = parts
  if (concept !== undefined && concept.system !== 'icd10cm') return procedureCode(concept)
  if (concept?.code.includes('{')) return chooseAxes(concept.code, axes, nearby(), facts)
  const entry = sense.entry >= 0 ? sense.entry : concept === undefined ? -1 : catalogue.find(concept.code)
  if (entry < 0) return undefined
  return descend(entry, sense, nearby, parts)
}

function procedureCode(concept: Concept): SpecifiedCode {
  const derivation = [
    {
      characters: concept.code,
      by: 'phrase',
      why: 'the words name the service',
      places: [],
      source: 'Lexicon',
    },
  ] as const
  return { code: concept.code, entry: -1, derivation, places: [], unspecified: false }
}

/** Longest way from a category to a code: four steps. */
const MOST_STEPS = 6

function descend(start: number, sense: Sense, nearby: () => Nearby, parts: SpecifyParts): SpecifiedCode {
  const { catalogue } = parts
  const derivation: DraftDerivation[] = [
    {
      characters: catalogue.code(start),
      by: 'phrase',
      why: 'the words name this code',
      places: [],
      source: sourceName(sense),
    },
  ]
  const places: Place[] = []
  let entry = start
  let unspecified = false
  for (let step = 0; step < MOST_STEPS && !catalogue.isBillable(entry); step++) {
    const choice = chooseChild(entry, nearby(), parts)
    if (choice === undefined) break
    places.push(...choice.places)
    derivation.push(choice.derivation)
    unspecified ||= choice.derivation.by === 'default'
    entry = choice.entry
  }
  return { code: catalogue.code(entry), entry, derivation, places, unspecified }
}

interface Choice {
  readonly entry: number
  readonly derivation: DraftDerivation
  readonly places: readonly Place[]
}

function chooseChild(parent: number, nearby: Nearby, parts: SpecifyParts): Choice | undefined {
  const children = parts.childrenOf(parent)
  if (children === undefined) return undefined
  return (
    chooseEncounter(children, nearby, parts) ??
    chooseDominance(children, nearby, parts) ??
    chooseByWords(children, nearby, parts) ??
    chooseTrimester(children, parts) ??
    choiceOf(children.usual, children, parts, { by: 'default', why: 'the note leaves it open', places: [] })
  )
}

function chooseByWords(children: Children, nearby: Nearby, parts: SpecifyParts): Choice | undefined {
  if (!nearby.holdsAny(children.words, false)) return undefined
  let best: Choice | undefined
  let bestWords = 0
  for (const { entry, words } of children.worded) {
    const places = nearby.placesOf(words)
    if (places === undefined || words.length <= bestWords) continue
    bestWords = words.length
    best = choiceOf(entry, children, parts, { by: 'attribute', why: 'the note says so', places })
  }
  return best
}

function chooseEncounter(children: Children, nearby: Nearby, parts: SpecifyParts): Choice | undefined {
  const { encounterAxis, entries } = children
  if (encounterAxis === undefined) return undefined
  const code = parts.catalogue.code(entries[0] as number)
  return chooseByAxis(encounterAxis, children, nearby, parts, code)
}

/** Right and left, dominant and not, by the same words as in a lexicon row (Official Guidelines I.C.6.a). */
function chooseDominance(children: Children, nearby: Nearby, parts: SpecifyParts): Choice | undefined {
  return children.isDominance ? chooseByAxis(DOMINANCE, children, nearby, parts) : undefined
}

const DOMINANCE = 'dominance'

/** The child that an axis of the lexicon's rows names by words of the note. */
function chooseByAxis(
  axis: string,
  children: Children,
  nearby: Nearby,
  parts: SpecifyParts,
  code?: string,
): Choice | undefined {
  const { catalogue, axes, facts } = parts
  const { value, places } = chooseValue(axes.axisOf(axis), nearby, facts, code)
  const entry = children.entries.find(
    child => catalogue.code(child).slice(children.depth) === value?.character,
  )
  if (entry === undefined || value === undefined || places.length === 0) return undefined
  return choiceOf(entry, children, parts, { by: 'attribute', why: value.meaning, places })
}

function chooseTrimester(children: Children, parts: SpecifyParts): Choice | undefined {
  const weeks = parts.facts.weeks()
  if (weeks === undefined) return undefined
  const trimester = trimesterOf(weeks.count)
  const entry = children.entries.find(child => parts.catalogue.title(child).includes(trimester))
  if (entry === undefined) return undefined
  const places = [{ role: 'trimester', start: weeks.start, end: weeks.end }] as const
  return choiceOf(entry, children, parts, { by: 'attribute', why: trimester, places })
}

function choiceOf(
  entry: number,
  { depth }: Children,
  { catalogue }: SpecifyParts,
  { by, why, places }: Pick<DraftDerivation, 'by' | 'why' | 'places'>,
): Choice {
  const code = catalogue.code(entry)
  const source = `Tabular: ${code} ${catalogue.title(entry)}`
  return { entry, places, derivation: { characters: code.slice(depth), by, why, places, source } }
}

function sourceName(sense: Sense): string {
  switch (sense.source) {
    case 'title':
    case 'title-default':
      return 'Tabular: title'
    case 'inclusion-term':
      return 'Tabular: inclusion term'
    case 'index':
      return 'Alphabetic Index'
    case 'neoplasm-table':
      return 'Table of Neoplasms'
    default:
      return 'Lexicon'
  }
}
