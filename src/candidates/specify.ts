/**
 * A sense and the words around its mention → the most specific code that they support, with the choice
 * behind every character.
 *
 * Two ways lead down: the axes of a lexicon row (`S01.31{side}{encounter}`), and below a header of the
 * release the child whose own title words stand near the mention, or else the child for what is
 * unspecified (Official Guidelines I.B.2, I.A.9.b). A missing 7th character is A, active treatment.
 */
import type { AxisTable } from './axis-table.js'
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
  readonly wordId: (word: string) => number
}

export function specify(
  sense: Sense,
  concept: Concept | undefined,
  nearby: Nearby,
  parts: SpecifyParts,
): SpecifiedCode | undefined {
  const { catalogue, axes, facts } = parts
  if (concept !== undefined && concept.system !== 'icd10cm') return procedureCode(concept)
  if (concept?.code.includes('{')) return chooseAxes(concept.code, axes, nearby, facts)
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

function descend(start: number, sense: Sense, nearby: Nearby, parts: SpecifyParts): SpecifiedCode {
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
    const choice = chooseChild(entry, nearby, parts)
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
  const { catalogue } = parts
  const children = catalogue.children(parent)
  if (children.length === 0) return undefined
  const depth = catalogue.code(parent).length
  return (
    chooseEncounter(children, depth, nearby, parts) ??
    chooseDominance(children, depth, nearby, parts) ??
    chooseByWords(children, depth, nearby, parts) ??
    chooseTrimester(children, depth, parts) ??
    chooseDefault(children, depth, catalogue)
  )
}

/** A fracture is displaced unless the note says that it is not (Official Guidelines I.C.19.c). */
const PRESUMED = 'displaced'

function chooseByWords(
  children: readonly number[],
  depth: number,
  nearby: Nearby,
  { catalogue, wordId }: SpecifyParts,
): Choice | undefined {
  const presumed = wordId(PRESUMED)
  let best: Choice | undefined
  let bestWords = 0
  for (const child of children) {
    const own = catalogue.ownWords(child).filter(word => word !== presumed)
    if (own.length === 0) continue
    const places = nearby.placesOf(own)
    if (places === undefined || own.length <= bestWords) continue
    bestWords = own.length
    best = {
      entry: child,
      places,
      derivation: choiceOf(catalogue, child, depth, 'attribute', 'the note says so', places),
    }
  }
  return best
}

/** The 7th character of an injury by the same words as in a lexicon row (Official Guidelines I.C.19.a). */
function chooseEncounter(
  children: readonly number[],
  depth: number,
  nearby: Nearby,
  parts: SpecifyParts,
): Choice | undefined {
  const { catalogue } = parts
  const [code = ''] = children.map(child => catalogue.code(child))
  const characters = children.map(child => catalogue.code(child).slice(depth)).join('')
  if (!/^(?=.*A)(?=.*D)(?=.*S)[A-S]+$/.test(characters)) return undefined
  const axis = ENCOUNTER_AXES.find(([needed]) => characters.includes(needed))?.[1] ?? 'encounter'
  return chooseByAxis(axis, children, depth, nearby, parts, code)
}

/** A character that only these axes have: open fractures by Gustilo, open ones, those that heal badly. */
const ENCOUNTER_AXES = [
  ['C', 'longbone'],
  ['B', 'fracture'],
  ['K', 'pathologic'],
] as const

/** Right and left, dominant and not, by the same words as in a lexicon row (Official Guidelines I.C.6.a). */
function chooseDominance(
  children: readonly number[],
  depth: number,
  nearby: Nearby,
  parts: SpecifyParts,
): Choice | undefined {
  if (!children.some(child => / dominant side/.test(parts.catalogue.title(child)))) return undefined
  return chooseByAxis(DOMINANCE, children, depth, nearby, parts)
}

/** The child that an axis of the lexicon's rows names by words of the note. */
function chooseByAxis(
  axis: string,
  children: readonly number[],
  depth: number,
  nearby: Nearby,
  { catalogue, axes, facts }: SpecifyParts,
  code?: string,
): Choice | undefined {
  const { value, places } = chooseValue(axes.axisOf(axis), nearby, facts, code)
  const entry = children.find(child => catalogue.code(child).slice(depth) === value?.character)
  if (entry === undefined || value === undefined || places.length === 0) return undefined
  return { entry, places, derivation: choiceOf(catalogue, entry, depth, 'attribute', value.meaning, places) }
}

const DOMINANCE = 'dominance'

function chooseTrimester(
  children: readonly number[],
  depth: number,
  { catalogue, facts: { weeks } }: SpecifyParts,
): Choice | undefined {
  if (weeks === undefined) return undefined
  const trimester = trimesterOf(weeks.count)
  const entry = children.find(child => catalogue.title(child).includes(trimester))
  if (entry === undefined) return undefined
  const places = [{ role: 'trimester', start: weeks.start, end: weeks.end }] as const
  return { entry, places, derivation: choiceOf(catalogue, entry, depth, 'attribute', trimester, places) }
}

function chooseDefault(children: readonly number[], depth: number, catalogue: Catalogue): Choice {
  const entry = defaultChild(children, catalogue)
  return {
    entry,
    places: [],
    derivation: choiceOf(catalogue, entry, depth, 'default', 'the note leaves it open', []),
  }
}

function choiceOf(
  catalogue: Catalogue,
  child: number,
  depth: number,
  by: 'attribute' | 'default',
  why: string,
  places: readonly Place[],
): DraftDerivation {
  const characters = catalogue.code(child).slice(depth)
  return {
    characters,
    by,
    why,
    places,
    source: `Tabular: ${catalogue.code(child)} ${catalogue.title(child)}`,
  }
}

/** What a coder takes where nothing is said: "unspecified", "without complication", active treatment. */
export function defaultChild(children: readonly number[], catalogue: Catalogue): number {
  const shared = sharedBeginning(children.map(child => catalogue.title(child)))
  let best = children[0] as number
  let bestRank = -1
  for (const child of children) {
    const rank = rankAsDefault(catalogue.title(child).slice(shared), catalogue.code(child))
    if (rank <= bestRank) continue
    best = child
    bestRank = rank
  }
  return best
}

/** Length of the words with which all titles begin: "without aura, not intractable, " chooses between none of them. */
function sharedBeginning(titles: readonly string[]): number {
  const [first = '', ...others] = titles
  if (others.length === 0) return 0
  let length = 0
  while (length < first.length && others.every(title => title[length] === first[length])) length++
  return first.lastIndexOf(' ', length) + 1
}

function rankAsDefault(title: string, code: string): number {
  if (/initial encounter for closed fracture/.test(title)) return 9
  if (/initial encounter/.test(title)) return 8
  if (/without (?:complication|mention)/.test(title)) return 7
  if (/unspecified/i.test(title) && !/with unspecified|unspecified complication/.test(title))
    return code.endsWith('9') ? 6 : 5
  if (/^(?:Other|Encounter for other)/i.test(title)) return 1
  if (/NOS|without/.test(title)) return 4
  return code.endsWith('9') || code.endsWith('0') ? 3 : 2
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
