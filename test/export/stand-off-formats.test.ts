/** FHIR, brat and Comprehend Medical: what the formats ask for, on results of notes that nobody wrote. */
import { describe, expect, it } from 'vitest'
import { createExporter } from '../../src/export/create-exporter.js'
import type { Candidate, Evidence, NotCoded, NoteResult } from '../../src/model/result.js'
import { candidate, noteResult, notCoded } from './invented-results.js'

const plain = { colour: false, explain: false }

//            0         1         2         3         4
//            0123456789012345678901234567890123456789012345
const TEXT = 'Left\nwrist: closed fracture. No gout, mother\nMS'
const span = (words: string): { start: number; end: number; text: string } => {
  const start = TEXT.indexOf(words)
  return { start, end: start + words.length, text: words }
}
const evidence = (role: Evidence['role'], words: string): Evidence => ({
  role,
  section: 'exam',
  ...span(words),
})

const fracture: Candidate = {
  ...candidate({ code: 'S62.102A', text: '' }),
  display: 'Fracture of unspecified carpal bone,\tleft wrist',
  evidence: [
    evidence('condition', 'closed fracture'),
    evidence('laterality', 'Left\nwrist'),
    evidence('site', 'wrist'),
  ],
  rules: [{ id: 'I.C.19', effect: 'keep', from: [] }],
}
const symptom: Candidate = {
  ...candidate({ code: 'R52', text: '' }),
  score: 0.4,
  rank: 2,
  evidence: [evidence('condition', 'closed fracture')],
  assertion: { ...fracture.assertion, certainty: 'possible', temporality: 'historical' },
}
const gout: NotCoded = { ...notCoded({ code: 'M10.9' }), ...span('gout'), reason: 'negated' }
const ms: NotCoded = {
  ...notCoded({ code: null, codes: ['G35', 'I05.0'] }),
  ...span('MS'),
  reason: 'family',
  score: 0.3,
}
const result: NoteResult = {
  ...noteResult('n1', { candidates: [fracture, symptom], notCoded: [gout, ms] }),
  offsets: 'codepoint',
}
const nothing = noteResult('n2', {})

describe('fhir', () => {
  const exporter = createExporter('fhir', plain)
  const bundle = JSON.parse(exporter.note(result)) as {
    readonly entry: readonly { readonly fullUrl: string; readonly resource: { readonly id: string } }[]
  }

  it('is a Bundle a note with a provisional Condition and its Provenance a candidate', () => {
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection', identifier: { value: 'n1' } })
    expect(bundle.entry.map(({ resource }) => resource)).toMatchObject([
      {
        resourceType: 'Condition',
        verificationStatus: { coding: [{ code: 'provisional' }] },
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: {
          coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'S62.102A' }],
          text: 'closed fracture',
        },
        extension: [
          { url: 'urn:chartcode:score', valueDecimal: 0.72 },
          { url: 'urn:chartcode:rank', valuePositiveInt: 1 },
        ],
      },
      { resourceType: 'Provenance', reason: [{ text: 'I.C.19: keep' }] },
      { resourceType: 'Condition' },
      { resourceType: 'Provenance' },
    ])
    expect(bundle.entry[2]?.resource).not.toHaveProperty('clinicalStatus')
  })

  it('has the spans of the evidence in the Provenance, with their unit and the hash of the note', () => {
    const [condition, provenance] = bundle.entry
    const entity = (provenance?.resource as unknown as { entity: readonly { extension: unknown[] }[] }).entity
    expect(provenance?.resource).toMatchObject({ target: [{ reference: condition?.fullUrl }] })
    expect(entity[0]?.extension.slice(0, 3)).toEqual([
      { url: 'urn:chartcode:input-sha256', valueString: '0'.repeat(64) },
      { url: 'urn:chartcode:offset-unit', valueCode: 'codepoint' },
      {
        url: 'urn:chartcode:evidence',
        extension: [
          { url: 'role', valueCode: 'condition' },
          { url: 'start', valueUnsignedInt: 12 },
          { url: 'end', valueUnsignedInt: 27 },
          { url: 'text', valueString: 'closed fracture' },
          { url: 'section', valueString: 'exam' },
        ],
      },
    ])
    expect(entity[1]).toEqual({
      role: 'derivation',
      what: { identifier: { value: '1'.repeat(64) }, display: 'icd10cm FY2026' },
    })
  })

  it('has the same ids for the same note and others for another, all of them UUIDs', () => {
    const ids = bundle.entry.map(({ resource }) => resource.id)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(exporter.note(result)).toBe(createExporter('fhir.ndjson', plain).note(result))
    expect(exporter.note({ ...result, id: 'n9' })).not.toContain(ids[0])
  })

  it('has no empty array where there is nothing to code', () => {
    expect(exporter.note(nothing)).not.toContain('[]')
  })

  it('says of a procedure whether it was done', () => {
    const procedure: Candidate = { ...symptom, system: 'cpt', code: '9900Z', action: 'declined' }
    const text = exporter.note(noteResult('n', { candidates: [procedure] }))
    expect(JSON.parse(text)).toMatchObject({
      entry: [
        {
          resource: {
            resourceType: 'Procedure',
            status: 'not-done',
            code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '9900Z' }] },
          },
        },
        {},
      ],
    })
  })
})

const ANN = [
  'T1\tCondition 0 10;12 27\tLeft wrist closed fracture',
  'N1\tReference T1 ICD10CM:S62.102A\tFracture of unspecified carpal bone, left wrist',
  'A1\tPresence T1 present',
  'A2\tCertainty T1 confirmed',
  'A3\tTemporality T1 current',
  'A4\tExperiencer T1 patient',
  'T2\tCondition 12 27\tclosed fracture',
  'N2\tReference T2 ICD10CM:R52\tTitle of R52',
  'A5\tPresence T2 present',
  'A6\tCertainty T2 possible',
  'A7\tTemporality T2 historical',
  'A8\tExperiencer T2 patient',
  'T3\tNotCoded 32 36\tgout',
  'N3\tReference T3 ICD10CM:M10.9\tM10.9',
  'A9\tReason T3 negated',
  'T4\tNotCoded 45 47\tMS',
  'N4\tReference T4 ICD10CM:G35\tG35',
  'N5\tReference T4 ICD10CM:I05.0\tI05.0',
  'A10\tReason T4 family',
  '',
].join('\n')

describe('brat', () => {
  it('is stand-off text: fragments in order, references, attributes, no line break within a line', () => {
    expect(createExporter('brat', plain).note(result)).toBe(ANN)
  })

  it('has the words of the note at its places, line breaks as blanks', () => {
    for (const [, places = '', words] of ANN.matchAll(/^T\d+\t\w+ ([\d ;]+)\t(.*)$/gm)) {
      const slices = places
        .split(';')
        .map(place => TEXT.slice(...(place.split(' ').map(Number) as [number, number])))
      expect(slices.join(' ').replaceAll('\n', ' ')).toBe(words)
    }
  })

  it('of several notes is a line a note in a batch, and refused where it is one file', () => {
    const lines = createExporter('brat.ndjson', plain)
    expect([result, nothing].map(note => JSON.parse(lines.note(note)) as unknown)).toEqual([
      { id: 'n1', ann: ANN },
      { id: 'n2', ann: '' },
    ])
    const file = createExporter('brat', plain)
    file.note(result)
    expect(() => file.note(nothing)).toThrow(/of one note; for several use `chartcode batch --format brat`/)
  })
})

describe('comprehend', () => {
  const response = JSON.parse(createExporter('comprehend', plain).note(result)) as {
    readonly Entities: unknown[]
  }
  const attribute = { Category: 'MEDICAL_CONDITION', Score: 0.72, RelationshipScore: 0.72, Traits: [] }

  it('has an entity for each stretch, with all codes, traits and attributes', () => {
    expect(response).toMatchObject({ ModelVersion: 'chartcode 0.1.0 FY2026' })
    expect(response.Entities[0]).toEqual({
      Id: 0,
      Text: 'closed fracture',
      Category: 'MEDICAL_CONDITION',
      Type: 'DX_NAME',
      Score: 0.72,
      BeginOffset: 12,
      EndOffset: 27,
      Attributes: [
        {
          Id: 1,
          Type: 'DIRECTION',
          RelationshipType: 'OVERLAP',
          BeginOffset: 0,
          EndOffset: 10,
          Text: 'Left\nwrist',
          ...attribute,
        },
        {
          Id: 2,
          Type: 'SYSTEM_ORGAN_SITE',
          RelationshipType: 'SYSTEM_ORGAN_SITE',
          BeginOffset: 5,
          EndOffset: 10,
          Text: 'wrist',
          ...attribute,
        },
      ],
      Traits: [
        { Name: 'DIAGNOSIS', Score: 0.72 },
        { Name: 'SYMPTOM', Score: 0.72 },
        { Name: 'LOW_CONFIDENCE', Score: 0.72 },
      ],
      ICD10CMConcepts: [
        { Description: fracture.display, Code: 'S62.102A', Score: 0.72 },
        { Description: 'Title of R52', Code: 'R52', Score: 0.4 },
      ],
    })
  })

  it('has what was not coded with the trait that says why', () => {
    expect(response.Entities.slice(1)).toMatchObject([
      {
        Id: 3,
        Text: 'gout',
        Traits: [{ Name: 'DIAGNOSIS' }, { Name: 'NEGATION' }],
        ICD10CMConcepts: [{ Code: 'M10.9' }],
      },
      { Id: 4, Text: 'MS', Score: 0.3, Traits: [{ Name: 'DIAGNOSIS' }, { Name: 'PERTAINS_TO_FAMILY' }] },
    ])
  })

  it('names its note in a batch', () => {
    const line = createExporter('comprehend.ndjson', plain).note(nothing)
    expect(JSON.parse(line)).toEqual({
      id: 'n2',
      response: { Entities: [], ModelVersion: 'chartcode 0.1.0 FY2026' },
    })
  })
})
