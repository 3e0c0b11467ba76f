/**
 * What a resource says of its patient and encounter → the fields of a note. References are followed where they
 * stay in the same line: to contained resources (`#p`), and to other entries of a Bundle. What a resource does not
 * say is left out; a date of service that no calendar has is refused, for it chooses the code set.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Patient, Sex } from '../../model/note.js'
import { isCalendarDate } from '../calendar-date.js'
import { ENCOUNTER_SETTINGS } from '../encounter-settings.js'
import type { Concept, DiagnosticReport, DocumentReference, Referable, Reference } from './resource-shapes.js'

type Facts = Omit<Note, 'id' | 'text'>
type Referred = ReadonlyMap<string, Referable>
type Resource = DocumentReference | DiagnosticReport
type Encounter = Extract<Referable, { readonly resourceType: 'Encounter' }>

/** AdministrativeGender of FHIR R4. */
const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['female', 'F'],
  ['male', 'M'],
  ['other', 'X'],
])

export function documentFacts(resource: DocumentReference, referred: Referred): Facts {
  const { context, date, type, custodian, author } = resource
  const encounter = encounterOf(resource, context?.encounter?.[0], referred)
  return {
    ...settingFacts(encounter),
    ...dateFacts([context?.period?.start, encounter?.period?.start, date]),
    ...patientFacts(resource, referred),
    ...named('facility', custodian?.display),
    ...named('type', wordsOf(type)),
    ...named('author', author?.[0]?.display),
  }
}

export function reportFacts(resource: DiagnosticReport, referred: Referred): Facts {
  const { effectiveDateTime, effectivePeriod, issued, code, performer, resultsInterpreter } = resource
  return {
    ...settingFacts(encounterOf(resource, resource.encounter, referred)),
    ...dateFacts([effectiveDateTime, effectivePeriod?.start, issued]),
    ...patientFacts(resource, referred),
    ...named('facility', performer?.[0]?.display),
    ...named('type', wordsOf(code)),
    ...named('author', resultsInterpreter?.[0]?.display),
  }
}

function named(field: 'facility' | 'type' | 'author', value: string | null | undefined): Facts {
  return value == null || value.trim() === '' ? {} : { [field]: value.trim() }
}

function wordsOf(concept: Concept | null | undefined): string | null | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display != null)?.display
}

function settingFacts(encounter: Encounter | undefined): Facts {
  const setting = ENCOUNTER_SETTINGS.get(encounter?.class?.code ?? '')
  return setting === undefined ? {} : { setting }
}

/** A year or a month alone is no date of service (FHIR dates may be either). */
function dateFacts(stamps: readonly (string | null | undefined)[]): Facts {
  const stamp = stamps.find(found => found != null && !/^\d{4}(?:-\d\d)?$/.test(found))
  if (stamp == null) return {}
  const date = stamp.slice(0, 10)
  if (isCalendarDate(date)) return { dateOfService: date }
  throw new ChartcodeError('date-invalid', 'the date of the resource is not a calendar date')
}

function patientFacts(resource: Resource, referred: Referred): Facts {
  const { subject } = resource
  const found = follow(resource, subject, referred)
  const patient = found?.resourceType === 'Patient' ? found : undefined
  const id = patient?.identifier?.[0]?.value ?? subject?.identifier?.value ?? patient?.id ?? lastPart(subject)
  const sex = SEXES.get(patient?.gender ?? '')
  const known: Patient = {
    ...(id == null || id === '' ? {} : { id }),
    ...(patient?.birthDate != null && isCalendarDate(patient.birthDate)
      ? { birthDate: patient.birthDate }
      : {}),
    ...(sex === undefined ? {} : { sex }),
  }
  return Object.keys(known).length === 0 ? {} : { patient: known }
}

/** `Patient/17` → `17`. */
function lastPart(subject: Reference | null | undefined): string | undefined {
  return /^(?:.*\/)?Patient\/([^/]+)$/.exec(subject?.reference ?? '')?.[1]
}

function encounterOf(
  resource: Resource,
  reference: Reference | null | undefined,
  referred: Referred,
): Encounter | undefined {
  const found = follow(resource, reference, referred)
  return found?.resourceType === 'Encounter' ? found : undefined
}

function follow(
  { contained }: Resource,
  reference: Reference | null | undefined,
  referred: Referred,
): Referable | undefined {
  const target = reference?.reference ?? ''
  if (!target.startsWith('#')) return referred.get(target)
  return contained?.find(one => one !== null && one.id === target.slice(1)) ?? undefined
}
