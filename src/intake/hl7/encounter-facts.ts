/**
 * What a message says of its patient, encounter and facility → the fields of a note. What it does not say,
 * or says in a way that means nothing here, is left out; only a date of service that no calendar has is
 * refused, for the date chooses the code set.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Patient, Setting, Sex } from '../../model/note.js'
import { isCalendarDate } from '../calendar-date.js'
import { dateOfStamp } from '../hl7-date.js'
import { component, field, type Message, type Segment } from './message.js'

export type Facts = Partial<
  Pick<Note, 'patient' | 'setting' | 'dateOfService' | 'facility' | 'type' | 'author'>
>

/** Table 0001: other, ambiguous, not applicable; U, unknown, is not said. */
const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['F', 'F'],
  ['M', 'M'],
  ['O', 'X'],
  ['A', 'X'],
  ['N', 'X'],
])

/** Table 0004. Obstetrics (B) may be either; what is commercial, unknown or not applicable says nothing. */
const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['I', 'inpatient'],
  ['O', 'outpatient'],
  ['E', 'outpatient'],
  ['P', 'outpatient'],
  ['R', 'outpatient'],
])

export function patientFacts(message: Message, pid: Segment | undefined): Facts {
  const id = component(message, pid, 3, 1)
  const birthDate = dateOfStamp(component(message, pid, 7, 1))
  const sex = SEXES.get((component(message, pid, 8, 1) ?? '').toUpperCase())
  const patient: Patient = {
    ...(id === undefined ? {} : { id }),
    ...(birthDate !== undefined && isCalendarDate(birthDate) ? { birthDate } : {}),
    ...(sex === undefined ? {} : { sex }),
  }
  return Object.keys(patient).length === 0 ? {} : { patient }
}

export function encounterFacts(message: Message, msh: Segment | undefined, pv1: Segment | undefined): Facts {
  const facility = component(message, msh, 4, 1)
  const setting = SETTINGS.get((component(message, pv1, 2, 1) ?? '').toUpperCase())
  return {
    ...(facility === undefined ? {} : { facility }),
    ...(setting === undefined ? {} : { setting }),
  }
}

/** The first of the fields that holds a full date. */
export function serviceDate(
  message: Message,
  places: readonly (readonly [Segment | undefined, number])[],
): Facts {
  for (const [segment, place] of places) {
    const date = dateOfStamp(component(message, segment, place, 1))
    if (date === undefined) continue
    if (isCalendarDate(date)) return { dateOfService: date }
    throw new ChartcodeError('date-invalid', `${segment?.name}-${place} is not a calendar date`)
  }
  return {}
}

/** A coded field by its words, or by its code where it has none. */
export function typeFacts(message: Message, segment: Segment | undefined, place: number): Facts {
  const type = component(message, segment, place, 2) ?? component(message, segment, place, 1)
  return type === undefined ? {} : { type }
}

/** XCN: id ^ family ^ given; in OBR-32 the same as subcomponents of a first component. */
export function authorFacts(message: Message, segment: Segment | undefined, place: number): Facts {
  const { delimiters } = message
  const value = field(segment, place).split(delimiters.repetition)[0] ?? ''
  const isNested = value.split(delimiters.component)[0]?.includes(delimiters.subcomponent) === true
  const parts = isNested
    ? nestedParts(message, segment, place)
    : [1, 2, 3].map(index => component(message, segment, place, index)?.split(delimiters.subcomponent)[0])
  const [id, family, given] = parts
  const name = [given, family].filter(part => part !== undefined && part !== '').join(' ')
  const author = name === '' ? id : name
  return author === undefined || author === '' ? {} : { author }
}

function nestedParts(message: Message, segment: Segment | undefined, place: number): (string | undefined)[] {
  return (component(message, segment, place, 1) ?? '').split(message.delimiters.subcomponent)
}
