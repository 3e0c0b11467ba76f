/**
 * Axis values that the note as a whole decides: the trimester by the weeks (Official Guidelines I.C.15.a.3), the
 * time without consciousness (Tabular S06), the healing of an injury (I.C.19.a), the side of an organ by its exam
 * (I.B.18), and the dominant side of a hemiplegia (I.C.6.a).
 *
 *   left hemiparesis, right-handed · left hemiplegia                    left, not dominant
 *   right hemiplegia · left hemiplegia, ambidextrous                    dominant
 *   right hemiplegia affecting the non-dominant side                    right, not dominant
 */
import type { AxisValue } from '../model/dictionary.js'
import type { Axis } from './axis-table.js'
import type { Place } from './drafts.js'
import type { Nearby, NearWord } from './nearby.js'
import type { Hand, NoteFacts } from './note-facts.js'

export interface ChosenValue {
  readonly value: AxisValue | undefined
  /** Empty where nothing in the note chose it. */
  readonly places: readonly Place[]
}

/**
 * `said`: what words near the mention say; `pattern`: the code of which the axis is a part. A length of time says
 * more than that consciousness was lost.
 */
export function valueOfNote(
  { name, values }: Axis,
  facts: NoteFacts,
  said: ChosenValue | undefined,
  pattern: string,
): ChosenValue | undefined {
  if (/loc$/.test(name) && (said === undefined || said.value?.character === LENGTH_OPEN)) {
    const unconsciousness = facts.unconsciousness()
    if (unconsciousness !== undefined)
      return valueAt(values, unconsciousness.character, { role: 'severity', ...placeOf(unconsciousness) })
  }
  if (said !== undefined) return undefined
  if (HEALING_AXIS.test(name) && INJURY.test(pattern)) {
    const followUp = facts.followUp()
    if (followUp !== undefined) return valueAt(values, HEALING, { role: 'encounter', ...placeOf(followUp) })
  }
  const side = values.some(({ meaning }) => meaning === 'right') ? facts.sideOf(pattern) : undefined
  if (side !== undefined) return valueAt(values, side.side, { role: 'laterality', ...placeOf(side) })
  if (!/^(?:trimester|obstage)/.test(name)) return undefined
  const weeks = facts.weeks()
  if (weeks === undefined) return undefined
  return valueAt(values, trimesterOf(weeks.count), { role: 'trimester', ...placeOf(weeks) })
}

const LENGTH_OPEN = '9'
const HEALING = 'D'
const HEALING_AXIS = /^(?:encounter|fracture|longbone|pathologic|collapse|fx6)$/
/** Injuries, pathological fractures and what caused them; a complication is treated as long as it is there (I.C.19.a). */
const INJURY = /^(?:[SV-Y]|M80|M84|T(?:07|1|2|3[0-4]))/

/** As axes and titles name it. */
export function trimesterOf(weeks: number): string {
  return `${weeks < 14 ? 'first' : weeks < 28 ? 'second' : 'third'} trimester`
}

function valueAt(
  values: readonly AxisValue[],
  characterOrMeaning: string,
  place: Place,
): ChosenValue | undefined {
  const value = values.find(
    ({ character, meaning }) => character === characterOrMeaning || meaning === characterOrMeaning,
  )
  return value === undefined ? undefined : { value, places: [place] }
}

const RIGHT = [['right'], ['rt'], ['r']] as const
const LEFT = [['left'], ['lt'], ['l']] as const
const NOT_DOMINANT = [['non', 'dominant'], ['nondominant']] as const
const DOMINANT = [['dominant']] as const

/** Without a side the axis is left open; without a hand the right side is the dominant one, the left is not. */
export function dominanceOf({ values, usual }: Axis, nearby: Nearby, hand: Hand | undefined): ChosenValue {
  const right = nearestOf(RIGHT, nearby, false)
  const left = nearestOf(LEFT, nearby, false)
  const side = right !== undefined && (left === undefined || right.distance <= left.distance) ? right : left
  if (side === undefined) return { value: usual, places: [] }
  const isRight = side === right
  const said = nearestOf(NOT_DOMINANT, nearby, true)
  const dominant = nearestOf(DOMINANT, nearby, true)
  const word = said ?? (isWithin(dominant, hand) ? undefined : dominant)
  const isDominant =
    word === undefined
      ? hand === undefined
        ? isRight
        : hand.side === 'both' || (hand.side === 'right') === isRight
      : said === undefined
  const character = isRight ? (isDominant ? '1' : '3') : isDominant ? '2' : '4'
  const reason = word ?? hand
  return {
    value: values.find(value => value.character === character),
    places: [
      { role: 'laterality', ...placeOf(side) },
      ...(reason === undefined ? [] : [{ role: 'type', ...placeOf(reason) } as const]),
    ],
  }
}

/** `right hand dominant` names the hand, not the side that is weak. */
function isWithin(word: NearWord | undefined, hand: Hand | undefined): boolean {
  return word !== undefined && hand !== undefined && word.start >= hand.start && word.end <= hand.end
}

function nearestOf(
  wordings: readonly (readonly string[])[],
  nearby: Nearby,
  far: boolean,
): NearWord | undefined {
  return wordings
    .flatMap(words => nearby.nearest(words, far) ?? [])
    .sort((a, b) => a.distance - b.distance)[0]
}

function placeOf({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number
  readonly end: number
} {
  return { start, end }
}
