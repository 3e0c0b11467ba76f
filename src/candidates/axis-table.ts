/**
 * The axes of a dictionary and the code patterns that hold them, each made ready when a code first asks for it: a note
 * asks for the same few again and again, and what they are does not depend on the note.
 *
 *   S93.40{side}{encounter}     two pieces of text and two axes
 */
import type { AxisValue, Catalogue } from '../model/dictionary.js'
import type { EvidenceRole } from '../model/result.js'
import { wordsOf } from '../text/words.js'

export type Axes = ReadonlyMap<string, readonly AxisValue[]>

export interface Axis {
  readonly name: string
  readonly values: readonly AxisValue[]
  /** What holds where the note says nothing. */
  readonly usual: AxisValue | undefined
  readonly role: EvidenceRole
  /** Its words may stand anywhere in the sentence; sides must stand near the mention. */
  readonly isFar: boolean
  readonly wordings: readonly AxisWording[]
  /** Ids of the words with which a part of a wording begins: where none of them stands, no value is said. */
  readonly firstWords: ReadonlySet<number>
}

export interface AxisWording {
  readonly value: AxisValue
  /** Number of its words. */
  readonly length: number
  /** Of a wording like `right & index finger`: what need not stand together. */
  readonly parts: readonly (readonly string[])[]
}

export type Piece = { readonly text: string } | { readonly axis: Axis }

export interface AxisTable {
  readonly axisOf: (name: string) => Axis
  readonly piecesOf: (pattern: string) => readonly Piece[]
  /** What says both sides. */
  readonly bothSides: Pick<Axis, 'firstWords'> & { readonly wordings: readonly (readonly string[])[] }
  readonly catalogue: Catalogue
}

export function createAxisTable(
  axes: Axes,
  catalogue: Catalogue,
  wordId: (word: string) => number,
): AxisTable {
  const axisOf = remembered(name => readyAxis(name, axes.get(name) ?? [], wordId))
  const piecesOf = remembered(pattern =>
    pattern
      .split(/(\{\w+\})/)
      .filter(piece => piece !== '')
      .map((piece): Piece =>
        piece.startsWith('{') ? { axis: axisOf(piece.slice(1, -1)) } : { text: piece },
      ),
  )
  const bothSides = { wordings: BOTH, firstWords: firstWordsOf(BOTH, wordId) }
  return { axisOf, piecesOf, bothSides, catalogue }
}

const BOTH = [
  'bilateral',
  'bilaterally',
  'both',
  'b/l',
  'right and left',
  'left and right',
  'l and r',
  'r and l',
  'ou',
].map(wordsOf)

function readyAxis(name: string, values: readonly AxisValue[], wordId: (word: string) => number): Axis {
  const wordings = values.flatMap(value =>
    value.words.map(words => ({ value, length: words.length, parts: partsOf(words) })),
  )
  return {
    name,
    values,
    usual: values.find(({ isDefault }) => isDefault) ?? values[0],
    role: roleOfAxis(name),
    isFar: FAR_AXIS.test(name),
    wordings,
    firstWords: firstWordsOf(
      wordings.flatMap(({ parts }) => parts),
      wordId,
    ),
  }
}

/** Without the words that no phrase holds. */
function firstWordsOf(
  wordings: readonly (readonly string[])[],
  wordId: (word: string) => number,
): ReadonlySet<number> {
  return new Set(wordings.map(([first = '']) => wordId(first)).filter(id => id !== 0))
}

/** Axis name → the role that its words play as evidence; the rest is `type`. */
const ROLES: readonly (readonly [RegExp, EvidenceRole])[] = [
  [/^side|laterality|osteoarthritis|eyelid|otitis/, 'laterality'],
  [/^encounter|fracture|longbone|pathologic/, 'encounter'],
  [/^trimester|^ob/, 'trimester'],
  [/acuity/, 'acuity'],
  [/stage|depth/, 'stage'],
  [/depression|severity/, 'severity'],
  [/^spine|^nodes|limb|^disc|^spondyl/, 'site'],
]

export function roleOfAxis(name: string): EvidenceRole {
  return ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? 'type'
}

const FAR_AXIS = /^(encounter|fracture|longbone|pathologic|trimester|obstage|pressurestage|fetus|intent)/

/** Stands between the parts of a wording that need not stand together. */
const AND = '&'

function partsOf(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const word of words)
    if (word === AND) parts.push([])
    else parts.at(-1)?.push(word)
  return parts
}

function remembered<Value>(find: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>()
  return name => {
    const seen = known.get(name)
    if (seen !== undefined) return seen
    const found = find(name)
    known.set(name, found)
    return found
  }
}
