/** The axes of a lexicon row, chosen from the words near the mention or by their defaults. */
import type { AxisValue } from '../model/dictionary.js'
import type { EvidenceRole } from '../model/result.js'
import { wordsOf } from '../text/words.js'
import type { DraftDerivation, Place } from './drafts.js'
import { dominanceOf, valueOfNote, type ChosenValue } from './axes-of-note.js'
import type { NoteFacts } from './note-facts.js'
import type { Nearby, NearWord } from './nearby.js'

export type Axes = ReadonlyMap<string, readonly AxisValue[]>

export interface ChosenCode {
  readonly code: string
  readonly derivation: readonly DraftDerivation[]
  readonly places: readonly Place[]
  readonly unspecified: boolean
  /** The same of the other side, where the note says both and the category has no code for both (I.B.13). */
  readonly otherSide?: ChosenCode
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

/** Axes whose words may stand anywhere in the sentence; sides must stand near the mention. */
const FAR_AXIS = /^(encounter|fracture|longbone|pathologic|trimester|obstage|pressurestage|fetus|intent)/

/** `facts`: what the note says elsewhere, which chooses where no words near the mention do. */
export function chooseAxes(pattern: string, axes: Axes, nearby: Nearby, facts: NoteFacts): ChosenCode {
  const both = bothSides(pattern, axes, nearby)
  if (both === undefined) return chooseOnce(pattern, axes, nearby, facts)
  const [right, left] = both.sides.map(side =>
    chooseOnce(pattern, axes, nearby, facts, { axis: both.axis, value: side, places: [both.place] }),
  ) as [ChosenCode, ChosenCode]
  return { ...right, otherSide: left }
}

interface Forced {
  readonly axis: string
  readonly value: AxisValue
  readonly places: readonly Place[]
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

/** `Adhesive capsulitis both shoulders`: the axis of the side has values for right and left and none for both. */
function bothSides(
  pattern: string,
  axes: Axes,
  nearby: Nearby,
): { axis: string; sides: readonly [AxisValue, AxisValue]; place: Place } | undefined {
  const axis = /\{(side\w*)\}/.exec(pattern)?.[1]
  const values = axis === undefined ? undefined : axes.get(axis)
  if (axis === undefined || values === undefined) return undefined
  const right = values.find(({ meaning }) => meaning === 'right')
  const left = values.find(({ meaning }) => meaning === 'left')
  if (right === undefined || left === undefined || values.some(({ meaning }) => meaning.startsWith('both')))
    return undefined
  for (const wording of BOTH) {
    const near = nearby.nearest(wording, false)
    if (near !== undefined)
      return { axis, sides: [right, left], place: { role: 'laterality', start: near.start, end: near.end } }
  }
  return undefined
}

function chooseOnce(
  pattern: string,
  axes: Axes,
  nearby: Nearby,
  facts: NoteFacts,
  forced?: Forced,
): ChosenCode {
  const derivation: DraftDerivation[] = []
  const places: Place[] = []
  let code = ''
  let unspecified = false
  for (const piece of pattern.split(/(\{\w+\})/)) {
    if (piece === '') continue
    if (!piece.startsWith('{')) {
      code += piece
      derivation.push({
        characters: piece,
        by: 'phrase',
        why: 'the words name the condition',
        places: [],
        source: 'Lexicon',
      })
      continue
    }
    const name = piece.slice(1, -1)
    const values = axes.get(name) ?? []
    const chosen = forced?.axis === name ? forced : chooseValue(name, values, nearby, facts, pattern)
    const { value, places: where } = chosen
    if (value === undefined) continue
    code += value.character
    places.push(...where)
    if (where.length === 0 && LEFT_OPEN.test(value.meaning)) unspecified = true
    derivation.push({
      characters: value.character,
      by: where.length === 0 ? 'default' : 'attribute',
      why: value.meaning,
      places: where,
      source: `Lexicon: axis ${name}`,
    })
  }
  return { code, derivation, places, unspecified }
}

/** `late effect of a burn, skin healed`: that it is one of long ago goes before that it has healed (I.B.10). */
function isSequela(axis: string, { meaning }: AxisValue): boolean {
  return meaning === 'sequela' && FAR_AXIS.test(axis)
}

/** More words than a sentence is searched for. */
const SENTENCE = 100

/** Meaning of a default that says nothing: `unspecified side`, `stage not stated`; not `closed or not stated`. */
const LEFT_OPEN = /^unspecified|^(?!.*\bor not stated).*not stated$/

/** The value whose wording stands nearest; a wording of several parts says more than one of a single part. */
export function chooseValue(
  name: string,
  values: readonly AxisValue[],
  nearby: Nearby,
  facts: NoteFacts,
  pattern = '',
): ChosenValue {
  if (name.startsWith('dominance')) return dominanceOf(values, nearby, facts.hand)
  const said = saidNearby(name, values, nearby)
  return (
    valueOfNote(name, values, facts, said, pattern) ??
    said ?? { value: values.find(value => value.isDefault) ?? values[0], places: [] }
  )
}

function saidNearby(name: string, values: readonly AxisValue[], nearby: Nearby): ChosenValue | undefined {
  const role = roleOfAxis(name)
  const isFar = FAR_AXIS.test(name)
  let best: { value: AxisValue; near: readonly NearWord[]; distance: number } | undefined
  for (const value of values)
    for (const words of value.words) {
      const near = nearestParts(words, isFar, nearby)
      if (near === undefined) continue
      const distance =
        Math.max(...near.map(part => part.distance)) -
        words.length * 0.1 +
        (isSequela(name, value) ? -SENTENCE : 0)
      const parts = best?.near.length ?? 0
      if (near.length < parts || (best !== undefined && near.length === parts && distance >= best.distance))
        continue
      best = { value, near, distance }
    }
  if (best === undefined) return undefined
  return { value: best.value, places: best.near.map(({ start, end }): Place => ({ role, start, end })) }
}

/** Each part of a wording (`right & index finger`) where it stands nearest to the mention; all must stand near. */
function nearestParts(words: readonly string[], isFar: boolean, nearby: Nearby): NearWord[] | undefined {
  const found: NearWord[] = []
  for (const part of partsOf(words)) {
    const near = nearby.nearest(part, isFar)
    if (near === undefined) return undefined
    found.push(near)
  }
  return found
}

/** Stands between the parts of a wording that need not stand together. */
const AND = '&'
const divided = new WeakMap<readonly string[], readonly (readonly string[])[]>()

function partsOf(words: readonly string[]): readonly (readonly string[])[] {
  const seen = divided.get(words)
  if (seen !== undefined) return seen
  const parts: string[][] = [[]]
  for (const word of words)
    if (word === AND) parts.push([])
    else parts.at(-1)?.push(word)
  divided.set(words, parts)
  return parts
}
