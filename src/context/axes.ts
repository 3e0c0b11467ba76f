/**
 * The attributes of an assertion as axes. A trigger's categories say which axes it sets; scopes of one axis
 * never overlap in one direction, because each ends where the next of its axis begins.
 */
import { TERMINATOR_CLASSES, type TerminatorClass, type TriggerCategory } from '../model/dictionary.js'

export const AXES = ['presence', 'certainty', 'hypothetical', 'temporality', 'experiencer'] as const
export const AXIS = { presence: 0, certainty: 1, hypothetical: 2, temporality: 3, experiencer: 4 } as const

/** Axis of a category, or -1 where it sets none. */
export const AXIS_OF: Readonly<Record<TriggerCategory, number>> = {
  negated: AXIS.presence,
  affirmed: AXIS.presence,
  probable: AXIS.certainty,
  possible: AXIS.certainty,
  confirmed: AXIS.certainty,
  hypothetical: AXIS.hypothetical,
  historical: AXIS.temporality,
  current: AXIS.temporality,
  family: AXIS.experiencer,
  donor: AXIS.experiencer,
  other: AXIS.experiencer,
  pseudo: -1,
  passive: -1,
  terminator: -1,
}

/** Directions of a hit as bits, after layout and neighbours have been looked at. */
export const FORWARD = 1
export const BACKWARD = 2
/** The value of a label: the scope is the label. */
export const FIELD = 4

/** A terminator class as a bit. */
export const CLASS_BIT: Readonly<Record<TerminatorClass, number>> = Object.fromEntries(
  TERMINATOR_CLASSES.map((name, i) => [name, 1 << i]),
) as Record<TerminatorClass, number>

export function classBits(classes: readonly TerminatorClass[]): number {
  return classes.reduce((bits, name) => bits | CLASS_BIT[name], 0)
}
