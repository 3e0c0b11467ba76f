/** The axes of a lexicon row, chosen from the words near the mention or by their defaults. */
import type { AxisValue } from '../model/dictionary.js'
import type { EvidenceRole } from '../model/result.js'
import { wordsOf } from '../text/words.js'
import type { DraftDerivation, Place } from './drafts.js'
import type { Measurements } from './measurements.js'
import type { Nearby } from './nearby.js'

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

/** `weeks`: of gestation, which say the trimester where no words do (Official Guidelines I.C.15.a.3). */
export function chooseAxes(
  pattern: string,
  axes: Axes,
  nearby: Nearby,
  weeks: Measurements['weeks'],
): ChosenCode {
  const both = bothSides(pattern, axes, nearby)
  if (both === undefined) return chooseOnce(pattern, axes, nearby, weeks)
  const [right, left] = both.sides.map(side =>
    chooseOnce(pattern, axes, nearby, weeks, { axis: both.axis, value: side, place: both.place }),
  ) as [ChosenCode, ChosenCode]
  return { ...right, otherSide: left }
}

interface Forced {
  readonly axis: string
  readonly value: AxisValue
  readonly place: Place
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
]

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
    const near = nearby.nearest(wordsOf(wording), false)
    if (near !== undefined)
      return { axis, sides: [right, left], place: { role: 'laterality', start: near.start, end: near.end } }
  }
  return undefined
}

function chooseOnce(
  pattern: string,
  axes: Axes,
  nearby: Nearby,
  weeks: Measurements['weeks'],
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
    const chosen = forced?.axis === name ? forced : chooseValue(name, values, nearby)
    const { value, place } = chosen.place === undefined ? (byWeeks(name, values, weeks) ?? chosen) : chosen
    if (value === undefined) continue
    code += value.character
    if (place !== undefined) places.push(place)
    else if (value.meaning.startsWith('unspecified')) unspecified = true
    derivation.push({
      characters: value.character,
      by: place === undefined ? 'default' : 'attribute',
      why: value.meaning,
      places: place === undefined ? [] : [place],
      source: `Lexicon: axis ${name}`,
    })
  }
  return { code, derivation, places, unspecified }
}

function chooseValue(
  name: string,
  values: readonly AxisValue[],
  nearby: Nearby,
): { value: AxisValue | undefined; place: Place | undefined } {
  const role = roleOfAxis(name)
  let best: { value: AxisValue; place: Place; distance: number } | undefined
  for (const value of values)
    for (const words of value.words) {
      const near = nearby.nearest(words, FAR_AXIS.test(name))
      if (near === undefined) continue
      const distance = near.distance - words.length * 0.1
      if (best === undefined || distance < best.distance)
        best = { value, place: { role, start: near.start, end: near.end }, distance }
    }
  if (best !== undefined) return best
  return { value: values.find(value => value.isDefault) ?? values[0], place: undefined }
}

function byWeeks(
  name: string,
  values: readonly AxisValue[],
  weeks: Measurements['weeks'],
): { value: AxisValue | undefined; place: Place | undefined } | undefined {
  if (weeks === undefined || !/^(?:trimester|obstage)/.test(name)) return undefined
  const trimester = weeks.count < 14 ? '1' : weeks.count < 28 ? '2' : '3'
  const value = values.find(({ character }) => character === trimester)
  return { value, place: { role: 'trimester', start: weeks.start, end: weeks.end } }
}
