/**
 * What a file holds, by the ending of its name. The reader of each kind looks at the bytes as well: a text
 * that begins with an HL7 header is read as HL7, a line of NDJSON that is a FHIR resource as FHIR, and XML
 * that is no ClinicalDocument is refused.
 */
export type InputKind =
  | 'text'
  | 'ndjson'
  | 'csv'
  | 'tsv'
  | 'hl7'
  | 'xml'
  | 'fhir'
  | 'gzip'
  | 'zip'
  /** Found below a directory and no regular file: a link, a pipe, a device. It is one error line. */
  | 'irregular'

/** Longer endings stand before those they end with. */
const ENDINGS: readonly (readonly [string, InputKind])[] = [
  ['.txt', 'text'],
  ['.fhir.ndjson', 'fhir'],
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
  ['.csv', 'csv'],
  ['.tsv', 'tsv'],
  ['.hl7', 'hl7'],
  ['.er7', 'hl7'],
  ['.xml', 'xml'],
  ['.ccda', 'xml'],
  ['.cda', 'xml'],
  ['.gz', 'gzip'],
  ['.zip', 'zip'],
]

/** The endings that a directory and a zip are searched for. */
export const KNOWN_ENDINGS: readonly string[] = ENDINGS.map(([ending]) => ending)

export function hasKnownEnding(name: string): boolean {
  return endingOf(name) !== undefined
}

/** What a person names is one text where its ending says nothing else. */
export function kindOfFile(name: string): InputKind {
  return endingOf(name)?.[1] ?? 'text'
}

/** `notes.ndjson.gz` → `notes.ndjson`, whose kind is that of what is inside. */
export function withoutGzipEnding(name: string): string {
  return name.toLowerCase().endsWith('.gz') ? name.slice(0, -'.gz'.length) : name
}

export function isArchive(name: string): boolean {
  const kind = kindOfFile(name)
  return kind === 'gzip' || kind === 'zip'
}

function endingOf(name: string): readonly [string, InputKind] | undefined {
  const lower = name.toLowerCase()
  return ENDINGS.find(([ending]) => lower.endsWith(ending))
}
