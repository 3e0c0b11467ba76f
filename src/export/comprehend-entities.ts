/**
 * Candidates and ledger lines of a note → entities of InferICD10CM, in the order of the note. One stretch of text is
 * one entity, however many codes it stands for.
 */
import type {
  Candidate,
  Evidence,
  EvidenceRole,
  NotCoded,
  NotCodedReason,
  NoteResult,
} from '../model/result.js'
import type { Quote } from '../model/span.js'

interface Scored {
  readonly Name: string
  readonly Score: number
}

interface Attribute {
  readonly Id: number
  readonly Type: string
  readonly Category: 'MEDICAL_CONDITION'
  readonly RelationshipType: string
  readonly Score: number
  readonly RelationshipScore: number
  readonly BeginOffset: number
  readonly EndOffset: number
  readonly Text: string
  readonly Traits: readonly Scored[]
}

export interface Entity {
  readonly Id: number
  readonly Text: string
  readonly Category: 'MEDICAL_CONDITION'
  readonly Type: 'DX_NAME'
  readonly Score: number
  readonly BeginOffset: number
  readonly EndOffset: number
  readonly Attributes: readonly Attribute[]
  readonly Traits: readonly Scored[]
  readonly ICD10CMConcepts: readonly {
    readonly Description: string
    readonly Code: string
    readonly Score: number
  }[]
}

/** What one candidate or ledger line says of one stretch. */
interface Statement {
  readonly quote: Quote
  readonly score: number
  readonly concepts: Entity['ICD10CMConcepts']
  readonly traits: readonly string[]
  readonly around: readonly Evidence[]
}

/** Roles whose words are a condition; what is around it are its attributes. */
const NAMING: ReadonlySet<EvidenceRole> = new Set(['condition', 'code'] as const)

/** ICD10CMAttributeType. */
const ATTRIBUTE_TYPES: ReadonlyMap<EvidenceRole, string> = new Map<EvidenceRole, string>([
  ['laterality', 'DIRECTION'],
  ['site', 'SYSTEM_ORGAN_SITE'],
  ['acuity', 'ACUITY'],
  ['type', 'QUALITY'],
  ['severity', 'QUALITY'],
  ['stage', 'QUALITY'],
  ['organism', 'QUALITY'],
  ['measurement', 'QUANTITY'],
  ['trimester', 'TIME_EXPRESSION'],
])

const TRAIT_OF_REASON: Partial<Record<NotCodedReason, string>> = {
  negated: 'NEGATION',
  family: 'PERTAINS_TO_FAMILY',
  hypothetical: 'HYPOTHETICAL',
  'uncertain-outpatient': 'LOW_CONFIDENCE',
}

/** The ledger gives no confidence: half sure is neither cut off by a threshold of 0 nor taken for sure. */
const UNSCORED = 0.5

export function entitiesOf({ candidates, notCoded }: NoteResult): readonly Entity[] {
  const statements = [
    ...candidates.filter(({ system }) => system === 'icd10cm').flatMap(statementsOfCandidate),
    ...notCoded.filter(({ system }) => system === 'icd10cm').map(statementOfLine),
  ]
  const places = new Map<string, Statement[]>()
  for (const statement of statements) {
    const place = `${statement.quote.start} ${statement.quote.end}`
    places.set(place, [...(places.get(place) ?? []), statement])
  }
  let id = 0
  return [...places.values()]
    .sort(
      ([left], [right]) =>
        (left as Statement).quote.start - (right as Statement).quote.start ||
        (left as Statement).quote.end - (right as Statement).quote.end,
    )
    .map(group => entityOf(group, () => id++))
}

function statementsOfCandidate({ code, display, score, evidence, assertion }: Candidate): Statement[] {
  const named = evidence.filter(({ role }) => NAMING.has(role))
  const around = evidence.filter(({ role }) => ATTRIBUTE_TYPES.has(role))
  const uncertain = assertion.certainty === 'possible' || assertion.certainty === 'probable'
  return (named.length > 0 ? named : evidence.slice(0, 1)).map((quote, index) => ({
    quote,
    score,
    concepts: [{ Description: display, Code: code, Score: score }],
    traits: [...kindTrait(code), ...(uncertain ? ['LOW_CONFIDENCE'] : [])],
    // A result does not say to which of several mentions they belong: they stand at the first.
    around: index === 0 ? around : [],
  }))
}

/** The ledger has no descriptions. */
function statementOfLine({ code, codes, start, end, text, reason, score = UNSCORED }: NotCoded): Statement {
  const meant = code === null ? (codes ?? []) : [code]
  const trait = TRAIT_OF_REASON[reason]
  return {
    quote: { start, end, text },
    score,
    concepts: meant.map(Code => ({ Description: '', Code, Score: score })),
    traits: [...meant.slice(0, 1).flatMap(kindTrait), ...(trait === undefined ? [] : [trait])],
    around: [],
  }
}

/** Chapter 18: R00 to R69 are symptoms, the findings behind them signs. Z codes and causes are neither. */
function kindTrait(code: string): readonly string[] {
  if (/^[V-Z]/.test(code)) return []
  if (!code.startsWith('R')) return ['DIAGNOSIS']
  return code.slice(1, 3) < '70' ? ['SYMPTOM'] : ['SIGN']
}

function entityOf(group: readonly Statement[], nextId: () => number): Entity {
  const { quote } = group[0] as Statement
  const score = Math.max(...group.map(statement => statement.score))
  const concepts = new Map(group.flatMap(({ concepts }) => concepts).map(concept => [concept.Code, concept]))
  return {
    Id: nextId(),
    Text: quote.text,
    Category: 'MEDICAL_CONDITION',
    Type: 'DX_NAME',
    Score: score,
    BeginOffset: quote.start,
    EndOffset: quote.end,
    Attributes: group.flatMap(({ around }) => around).map(evidence => attributeOf(evidence, score, nextId())),
    Traits: [...new Set(group.flatMap(({ traits }) => traits))].map(Name => ({ Name, Score: score })),
    ICD10CMConcepts: [...concepts.values()].sort((left, right) => right.Score - left.Score),
  }
}

function attributeOf({ role, start, end, text }: Evidence, score: number, id: number): Attribute {
  return {
    Id: id,
    Type: ATTRIBUTE_TYPES.get(role) as string,
    Category: 'MEDICAL_CONDITION',
    RelationshipType: role === 'site' ? 'SYSTEM_ORGAN_SITE' : 'OVERLAP',
    Score: score,
    RelationshipScore: score,
    BeginOffset: start,
    EndOffset: end,
    Text: text,
    Traits: [],
  }
}
