/**
 * The header of a clinical document → the fields of a note. Facts are gathered while the document is walked,
 * by the path at which they stand (CDA R2, 4.2; US Realm Header of C-CDA R2.1); the first of several counts.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Patient, Sex } from '../../model/note.js'
import { isCalendarDate } from '../calendar-date.js'
import { ENCOUNTER_SETTINGS } from '../encounter-settings.js'
import { dateOfStamp } from '../hl7-date.js'
import type { XmlElement } from './walk-xml.js'

const PATIENT = 'ClinicalDocument/recordTarget/patientRole'
const ENCOUNTER = 'ClinicalDocument/componentOf/encompassingEncounter'
const CUSTODIAN = 'ClinicalDocument/custodian/assignedCustodian/representedCustodianOrganization'
const AUTHOR = 'ClinicalDocument/author/assignedAuthor/assignedPerson/name'

/** Path → the attributes that are facts there. */
const ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ClinicalDocument/id', ['root', 'extension']],
  ['ClinicalDocument/code', ['displayName']],
  ['ClinicalDocument/effectiveTime', ['value']],
  [`${PATIENT}/id`, ['root', 'extension']],
  [`${PATIENT}/patient/birthTime`, ['value']],
  [`${PATIENT}/patient/administrativeGenderCode`, ['code']],
  [`${ENCOUNTER}/code`, ['code']],
  [`${ENCOUNTER}/effectiveTime`, ['value']],
  [`${ENCOUNTER}/effectiveTime/low`, ['value']],
])
/** Paths whose text is a fact, whatever elements it lies in. */
const TEXTS: readonly string[] = ['ClinicalDocument/title', `${CUSTODIAN}/name`, AUTHOR]

/** Sexes of AdministrativeGender (2.16.840.1.113883.5.1); UN is "undifferentiated". */
const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['F', 'F'],
  ['M', 'M'],
  ['UN', 'X'],
])

export class HeaderFacts {
  private readonly values = new Map<string, string>()
  private readonly seen = new Set<string>()

  element(path: string, element: XmlElement): void {
    const names = ATTRIBUTES.get(path)
    if (names === undefined || this.seen.has(path)) return
    this.seen.add(path)
    for (const name of names) {
      const value = element.attribute(name)?.trim()
      if (value !== undefined && value !== '') this.values.set(`${path}@${name}`, value)
    }
  }

  text(path: string, text: string): void {
    const place = TEXTS.find(known => path === known || path.startsWith(`${known}/`))
    const words = text.replace(/\s+/g, ' ').trim()
    if (place === undefined || words === '' || words.length > LONGEST_NAME) return
    const before = this.values.get(place)
    if (before === undefined) this.values.set(place, words)
    else if (before.length + words.length < LONGEST_NAME) this.values.set(place, `${before} ${words}`)
  }

  /** Undefined where the document gives no id. */
  id(): string | undefined {
    return this.identifier('ClinicalDocument/id')
  }

  facts(): Omit<Note, 'id' | 'text'> {
    const type =
      this.values.get('ClinicalDocument/code@displayName') ?? this.values.get('ClinicalDocument/title')
    const facility = this.values.get(`${CUSTODIAN}/name`)
    const author = this.values.get(AUTHOR)
    const setting = ENCOUNTER_SETTINGS.get(this.values.get(`${ENCOUNTER}/code@code`) ?? '')
    return {
      ...(setting === undefined ? {} : { setting }),
      ...this.dateOfService(),
      ...this.patient(),
      ...(facility === undefined ? {} : { facility }),
      ...(type === undefined ? {} : { type }),
      ...(author === undefined ? {} : { author }),
    }
  }

  private identifier(path: string): string | undefined {
    const parts = [this.values.get(`${path}@root`), this.values.get(`${path}@extension`)]
    const written = parts.filter(part => part !== undefined)
    return written.length === 0 ? undefined : written.join('^')
  }

  private patient(): { readonly patient?: Patient } {
    const id = this.values.get(`${PATIENT}/id@extension`) ?? this.values.get(`${PATIENT}/id@root`)
    const birthDate = dateOfStamp(this.values.get(`${PATIENT}/patient/birthTime@value`))
    const sex = SEXES.get(this.values.get(`${PATIENT}/patient/administrativeGenderCode@code`) ?? '')
    const patient: Patient = {
      ...(id === undefined ? {} : { id }),
      ...(birthDate !== undefined && isCalendarDate(birthDate) ? { birthDate } : {}),
      ...(sex === undefined ? {} : { sex }),
    }
    return Object.keys(patient).length === 0 ? {} : { patient }
  }

  /** The encounter's own time goes before the time at which the document was made. */
  private dateOfService(): { readonly dateOfService?: string } {
    const stamps = [
      `${ENCOUNTER}/effectiveTime/low`,
      `${ENCOUNTER}/effectiveTime`,
      'ClinicalDocument/effectiveTime',
    ]
    const date = stamps
      .map(path => dateOfStamp(this.values.get(`${path}@value`)))
      .find(found => found !== undefined)
    if (date === undefined) return {}
    if (isCalendarDate(date)) return { dateOfService: date }
    throw new ChartcodeError('date-invalid', "the document's date of service is not a calendar date")
  }
}

/** Longer is no name of a person, a document or a hospital. */
const LONGEST_NAME = 200
