/**
 * `release.json`: what is installed of one fiscal year, part by part, and where each part came from.
 * A part is one canonical NDJSON file; the tabular list gives two (`tabular`, `notes`). The hash of a
 * release covers the content of its parts only, so the same files give the same hash on any machine,
 * under any name, at any time.
 */
import { createHash } from 'node:crypto'

import { z } from 'zod'

import { ChartcodeError } from '../../model/errors.js'
import { firstDay, lastDay, releaseName } from './fiscal-year.js'

export const PART_KINDS = [
  'order',
  'tabular',
  'notes',
  'index',
  'external',
  'neoplasm',
  'drug',
  'conversion',
  'poa',
] as const
export type PartKind = (typeof PART_KINDS)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

const releasePart = z.strictObject({
  kind: z.enum(PART_KINDS),
  origin: z.enum(['publisher', 'reconstructed']),
  /** The source's hash, or its archive's, is the one in the lock file. */
  verified: z.boolean(),
  sourceName: z.string(),
  sourceSha256: sha256,
  bytes: count,
  rows: count,
  canonicalSha256: sha256,
})

const releaseRecord = z.strictObject({
  format: z.literal(1),
  system: z.literal('icd10cm'),
  release: z.templateLiteral(['FY', z.number().int()]),
  fiscalYear: z.number().int(),
  validFrom: z.string(),
  validUntil: z.string(),
  parts: z.array(releasePart),
  hash: sha256,
})

export type ReleasePart = Readonly<z.infer<typeof releasePart>>
export type ReleaseRecord = Readonly<Omit<z.infer<typeof releaseRecord>, 'parts'>> & {
  readonly parts: readonly ReleasePart[]
}

/** Puts the parts in their fixed order and computes the hash. */
export function makeReleaseRecord(fiscalYear: number, parts: readonly ReleasePart[]): ReleaseRecord {
  const ordered = PART_KINDS.flatMap(kind => parts.filter(part => part.kind === kind))
  return {
    format: 1,
    system: 'icd10cm',
    release: releaseName(fiscalYear),
    fiscalYear,
    validFrom: firstDay(fiscalYear),
    validUntil: lastDay(fiscalYear),
    parts: ordered,
    hash: hashOfParts(fiscalYear, ordered),
  }
}

/** The hash that results and snapshots quote. */
export function hashOfParts(fiscalYear: number, parts: readonly ReleasePart[]): string {
  const content = parts.map(part => [part.kind, part.origin, part.canonicalSha256])
  return createHash('sha256')
    .update(JSON.stringify(['icd10cm', releaseName(fiscalYear), content]))
    .digest('hex')
}

/** Reads `release.json`. Throws `release-unreadable` if it is damaged or of another format. */
export function parseReleaseRecord(json: string, path: string): ReleaseRecord {
  try {
    return releaseRecord.parse(JSON.parse(json))
  } catch (error) {
    throw new ChartcodeError('release-unreadable', `${path} is damaged: install the release again`, {
      cause: error,
    })
  }
}

export function formatReleaseRecord(record: ReleaseRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`
}
