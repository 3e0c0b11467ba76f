/**
 * A line of FHIR NDJSON → notes. A DocumentReference is the notes that its content holds, a DiagnosticReport
 * those of its presented forms, else its conclusion, else its narrative; a Bundle is the notes of its entries,
 * which may refer to a Patient and an Encounter among them. Messages name fields and closed lists of values only.
 */
import { z } from 'zod'
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'
import { nameNotes } from '../note-ids.js'
import { checkedSize, parseJsonLine, rejectOf } from '../note-record.js'
import { documentFacts, reportFacts } from './resource-facts.js'
import {
  bundle,
  diagnosticReport,
  documentReference,
  referable,
  type DiagnosticReport,
  type DocumentReference,
  type Referable,
} from './resource-shapes.js'
import { textsOfDocument, textsOfReport } from './resource-texts.js'

type Read = readonly (Note | Reject)[]
/** Reference → what stands there. */
type Referred = ReadonlyMap<string, Referable>

const NOTHING_REFERRED: Referred = new Map()

/** A line of `.ndjson` that is a resource and no note of ours, whose `text` would be a string. */
export function isResource(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { resourceType, text } = value as { readonly resourceType?: unknown; readonly text?: unknown }
  return typeof resourceType === 'string' && typeof text !== 'string'
}

export function parseResourceLine(bytes: Uint8Array, line: number): Read {
  const read = parseJsonLine(bytes, line, '{"resourceType", …}')
  return 'error' in read ? [read] : parseResource(read.value, line)
}

export function parseResource(value: unknown, line: number): Read {
  return typeOf(value) === 'Bundle' ? parseBundle(value, line) : parseOne(value, line, NOTHING_REFERRED)
}

function parseBundle(value: unknown, line: number): Read {
  const entries = checked(bundle, value, line)
  if ('error' in entries) return [entries]
  const resources = (entries.entry ?? []).filter(({ resource }) => isNoteType(typeOf(resource)))
  if (resources.length === 0)
    return [
      rejectOf(
        line,
        'input-document',
        'the Bundle holds no DocumentReference and no DiagnosticReport',
        idOf(value),
      ),
    ]
  const referred = referredIn(entries.entry ?? [])
  return resources.flatMap(({ resource }) => parseOne(resource, line, referred))
}

/** By the address of the entry and by `Patient/1`. */
function referredIn(
  entries: readonly { fullUrl?: string | null | undefined; resource?: unknown }[],
): Referred {
  const referred = new Map<string, Referable>()
  for (const { fullUrl, resource } of entries) {
    const { data } = referable.safeParse(resource)
    if (data === undefined) continue
    if (fullUrl != null) referred.set(fullUrl, data)
    if (data.id != null) referred.set(`${data.resourceType}/${data.id}`, data)
  }
  return referred
}

function parseOne(value: unknown, line: number, referred: Referred): Read {
  const id = idOf(value)
  try {
    switch (typeOf(value)) {
      case 'DocumentReference':
        return read(checked(documentReference, value, line), line, resource => ({
          texts: textsOfDocument(resource),
          facts: documentFacts(resource, referred),
        }))
      case 'DiagnosticReport':
        return read(checked(diagnosticReport, value, line), line, resource => ({
          texts: textsOfReport(resource),
          facts: reportFacts(resource, referred),
        }))
      default:
        return [
          rejectOf(
            line,
            'input-document',
            'the resource is no DocumentReference and no DiagnosticReport',
            id,
          ),
        ]
    }
  } catch (error) {
    if (error instanceof ChartcodeError) return [rejectOf(line, error.code, error.message, id)]
    throw error
  }
}

interface Content {
  readonly texts: readonly string[]
  readonly facts: Omit<Note, 'id' | 'text'>
}

function read<Resource extends DocumentReference | DiagnosticReport>(
  resource: Resource | Reject,
  line: number,
  contentOf: (resource: Resource) => Content,
): Read {
  if ('error' in resource) return [resource]
  const { id } = resource
  const isWithdrawn =
    resource.status === 'entered-in-error' ||
    (resource.resourceType === 'DocumentReference' && resource.docStatus === 'entered-in-error')
  if (isWithdrawn) throw new ChartcodeError('input-document', 'the resource was entered in error')
  const { texts, facts } = contentOf(resource)
  const drafts = texts.map(text => ({ ...(id == null || id === '' ? {} : { id }), text, ...facts }))
  return nameNotes(drafts).map(note => checkedSize(note, line))
}

/** The names of fields are those of the schema, never the document's own. */
function checked<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  line: number,
): z.infer<Shape> | Reject {
  const { success, data, error } = shape.safeParse(value)
  if (success) return data
  const field = error.issues[0]?.path.join('.') ?? ''
  return rejectOf(line, 'input-document', `${field} has the wrong type for FHIR R4`, idOf(value))
}

function isNoteType(type: string): boolean {
  return type === 'DocumentReference' || type === 'DiagnosticReport'
}

function typeOf(value: unknown): string {
  const type =
    typeof value === 'object' && value !== null ? (value as { resourceType?: unknown }).resourceType : null
  return typeof type === 'string' ? type : ''
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}
