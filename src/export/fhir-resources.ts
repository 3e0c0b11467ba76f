/**
 * One candidate → its FHIR R4 resources. What R4 has no field for stands in extensions whose URLs begin with
 * `urn:chartcode:`: score, rank and, in the Provenance, each span of evidence with its role.
 */
import type { CodeSystem } from '../model/code.js'
import type { Candidate, Evidence, NoteResult, ProcedureAction } from '../model/result.js'

/** The systems' addresses in FHIR (terminology.hl7.org). */
const SYSTEMS: Readonly<Record<CodeSystem, string>> = {
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
}
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
const URL = 'urn:chartcode:'

/** A note may name its patient or not, and its results never do. */
const UNKNOWN = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
}

export function conditionOf(candidate: Candidate, id: string): object {
  const { temporality } = candidate.assertion
  return {
    resourceType: 'Condition',
    id,
    extension: scoreExtensions(candidate),
    // Of what is past or may come, whether it is active is not known.
    ...(temporality === 'current'
      ? { clinicalStatus: concept(`${TERMINOLOGY}/condition-clinical`, 'active') }
      : {}),
    verificationStatus: concept(`${TERMINOLOGY}/condition-ver-status`, 'provisional'),
    category: [concept(`${TERMINOLOGY}/condition-category`, 'encounter-diagnosis')],
    code: codeOf(candidate),
    subject: UNKNOWN,
  }
}

/** EventStatus of R4. */
const STATUSES: Readonly<Record<ProcedureAction, string>> = {
  performed: 'completed',
  historical: 'completed',
  ordered: 'preparation',
  planned: 'preparation',
  declined: 'not-done',
}

export function procedureOf(candidate: Candidate, id: string): object {
  const { action } = candidate
  return {
    resourceType: 'Procedure',
    id,
    extension: scoreExtensions(candidate),
    status: action === undefined ? 'unknown' : STATUSES[action],
    code: codeOf(candidate),
    subject: UNKNOWN,
  }
}

export interface ProvenanceIds {
  readonly id: string
  /** Id of the candidate's resource. */
  readonly target: string
}

export function provenanceOf(
  result: NoteResult,
  candidate: Candidate,
  { id, target }: ProvenanceIds,
): object {
  const { rules, evidence, system } = candidate
  const used = result.dictionaries.filter(dictionary => dictionary.system === system)
  return {
    resourceType: 'Provenance',
    id,
    target: [{ reference: `urn:uuid:${target}` }],
    _recorded: UNKNOWN,
    ...(rules.length === 0 ? {} : { reason: rules.map(rule => ({ text: `${rule.id}: ${rule.effect}` })) }),
    agent: [
      {
        type: concept(`${TERMINOLOGY}/provenance-participant-type`, 'assembler'),
        who: { display: `chartcode ${result.engine}` },
      },
    ],
    entity: [
      {
        extension: [
          { url: `${URL}input-sha256`, valueString: result.input.sha256 },
          { url: `${URL}offset-unit`, valueCode: result.offsets },
          ...evidence.map(evidenceExtension),
        ],
        role: 'source',
        what: { identifier: { value: result.id } },
      },
      ...used.map(({ release, hash }) => ({
        role: 'derivation',
        what: { identifier: { value: hash }, display: `${system} ${release}` },
      })),
    ],
  }
}

/** `[start, end)` in the text of the note. */
function evidenceExtension({ role, start, end, text, section }: Evidence): object {
  return {
    url: `${URL}evidence`,
    extension: [
      { url: 'role', valueCode: role },
      { url: 'start', valueUnsignedInt: start },
      { url: 'end', valueUnsignedInt: end },
      { url: 'text', valueString: text },
      { url: 'section', valueString: section },
    ],
  }
}

function scoreExtensions({ score, rank }: Candidate): readonly object[] {
  return [
    { url: `${URL}score`, valueDecimal: score },
    { url: `${URL}rank`, valuePositiveInt: rank },
  ]
}

function codeOf({ system, code, display, evidence }: Candidate): object {
  const words = evidence.find(({ role }) => role === 'condition' || role === 'procedure')?.text
  return {
    coding: [{ system: SYSTEMS[system], code, display }],
    ...(words === undefined || words.trim() === '' ? {} : { text: words.replace(/\s+/g, ' ') }),
  }
}

function concept(system: string, code: string): object {
  return { coding: [{ system, code }] }
}
