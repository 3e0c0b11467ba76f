/**
 * The parts of FHIR R4 resources that become a note, as schemas: DocumentReference, DiagnosticReport, Bundle,
 * and the Patient and Encounter that stand inside of them. Everything else of a resource is left out before
 * anyone looks at it, so no key of a resource can reach an object of the program.
 */
import { z } from 'zod'

const text = z.string()
const texts = <Shape extends z.ZodType>(shape: Shape) => z.array(shape).nullish()

const coding = z.object({ code: text.nullish(), display: text.nullish() })
const concept = z.object({ coding: texts(coding), text: text.nullish() })
const period = z.object({ start: text.nullish() })
const identifier = z.object({ value: text.nullish() })
const reference = z.object({
  reference: text.nullish(),
  display: text.nullish(),
  identifier: identifier.nullish(),
})
const attachment = z.object({ contentType: text.nullish(), data: text.nullish(), url: text.nullish() })

const patient = z.object({
  resourceType: z.literal('Patient'),
  id: text.nullish(),
  identifier: texts(identifier),
  birthDate: text.nullish(),
  gender: text.nullish(),
})
const encounter = z.object({
  resourceType: z.literal('Encounter'),
  id: text.nullish(),
  class: coding.nullish(),
  period: period.nullish(),
})
/** Other resources that are contained are of no use here, whatever they look like. */
const contained = texts(z.union([patient, encounter, z.unknown().transform(() => null)]))

const common = {
  id: text.nullish(),
  status: text.nullish(),
  contained,
  subject: reference.nullish(),
}

export const documentReference = z.object({
  ...common,
  resourceType: z.literal('DocumentReference'),
  docStatus: text.nullish(),
  type: concept.nullish(),
  date: text.nullish(),
  author: texts(reference),
  custodian: reference.nullish(),
  content: texts(z.object({ attachment: attachment.nullish() })),
  context: z.object({ encounter: texts(reference), period: period.nullish() }).nullish(),
})

export const diagnosticReport = z.object({
  ...common,
  resourceType: z.literal('DiagnosticReport'),
  code: concept.nullish(),
  encounter: reference.nullish(),
  effectiveDateTime: text.nullish(),
  effectivePeriod: period.nullish(),
  issued: text.nullish(),
  performer: texts(reference),
  resultsInterpreter: texts(reference),
  presentedForm: texts(attachment),
  conclusion: text.nullish(),
  text: z.object({ div: text.nullish() }).nullish(),
})

export const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: texts(z.object({ fullUrl: text.nullish(), resource: z.unknown() })),
})

/** What others in the same line may refer to. */
export const referable = z.union([patient, encounter])

export type DocumentReference = z.infer<typeof documentReference>
export type DiagnosticReport = z.infer<typeof diagnosticReport>
export type Attachment = z.infer<typeof attachment>
export type Concept = z.infer<typeof concept>
export type Reference = z.infer<typeof reference>
export type Referable = z.infer<typeof referable>
