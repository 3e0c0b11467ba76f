/** The axes of a lexicon row, chosen from the words near the mention or by their defaults. */
import type { AxisValue } from '../model/dictionary.js'
import type { EvidenceRole } from '../model/result.js'
import type { DraftDerivation, Place } from './drafts.js'
import type { Nearby } from './nearby.js'

export type Axes = ReadonlyMap<string, readonly AxisValue[]>

export interface ChosenCode {
  readonly code: string
  readonly derivation: readonly DraftDerivation[]
  readonly places: readonly Place[]
  readonly unspecified: boolean
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

/** Axes whose words may stand anywhere in the sentence; sides must stand near the mention. */
const FAR_AXIS = /^(encounter|fracture|longbone|pathologic|trimester|fetus|intent)/

export function chooseAxes(pattern: string, axes: Axes, nearby: Nearby): ChosenCode {
  const derivation: DraftDerivation[] = []
  const places: Place[] = []
  let code = ''
  let unspecified = false
  for (const piece of pattern.split(/(\{\w+\})/)) {
    if (piece === '') continue
    if (!piece.startsWith('{')) {
      code += piece
      derivation.push({
        characters: piece.replace('.', ''),
        by: 'phrase',
        why: 'the words name the condition',
        places: [],
        source: 'Lexicon',
      })
      continue
    }
    const name = piece.slice(1, -1)
    const { value, place } = chooseValue(name, axes.get(name) ?? [], nearby)
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
  const role = ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? 'type'
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
