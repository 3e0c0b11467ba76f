/**
 * Turns one publisher's file into the canonical part (or, for the tabular list, parts) of a staged
 * release. Comes in: a judged candidate. Goes out: the entries for `release.json`. The file is
 * fingerprinted again while it is read: what is installed is what was judged.
 */
import { ChartcodeError } from '../../model/errors.js'
import { fingerprintWhileReading, type ByteSource } from '../../sources/byte-source.js'
import { readConversionTable } from '../../sources/conversion-table.js'
import { readIndexXml } from '../../sources/index-xml.js'
import { readOrderFile } from '../../sources/order-file.js'
import { readPoaExempt } from '../../sources/poa-exempt.js'
import { readTableXml } from '../../sources/table-xml.js'
import { readTabularXml } from '../../sources/tabular-xml.js'
import type { Candidate } from './judge-source.js'
import type { PartKind, ReleasePart } from './release-record.js'
import type { PartRows } from './release-store.js'
import type { StagedRelease } from './release-writer.js'

/** Throws `release-unreadable` for a file without the expected shape. */
export async function writeParts(candidate: Candidate, staged: StagedRelease): Promise<ReleasePart[]> {
  const { source, fingerprint } = fingerprintWhileReading(candidate.file.open())
  const written = await readInto(candidate, source, staged)
  const { bytes, sha256 } = fingerprint()
  if (sha256 !== candidate.fingerprint.sha256) {
    throw new ChartcodeError(
      'release-mismatch',
      `${candidate.file.name} changed while it was read: install it again`,
    )
  }
  return written.map(({ kind, rows, canonicalSha256 }) => ({
    kind,
    origin: candidate.origin,
    verified: candidate.verified,
    sourceName: sourceName(candidate),
    sourceSha256: sha256,
    bytes,
    rows,
    canonicalSha256,
  }))
}

/** Without directories: paths of one machine do not belong in a record. */
function sourceName({ file }: Candidate): string {
  return file.archive === null ? file.baseName : `${file.archive.baseName}!${file.baseName}`
}

interface Written {
  readonly kind: PartKind
  readonly rows: number
  readonly canonicalSha256: string
}

function readInto(candidate: Candidate, source: ByteSource, staged: StagedRelease): Promise<Written[]> {
  const name = candidate.file.name
  switch (candidate.kind) {
    case 'order':
      return writeRows(staged, 'order', readOrderFile(source, name))
    case 'tabular':
      return writeTabular(staged, source, name)
    case 'index':
    case 'external':
      return writeRows(staged, candidate.kind, readIndexXml(source, name))
    case 'neoplasm':
    case 'drug':
      return writeRows(staged, candidate.kind, readTableXml(source, name))
    case 'conversion':
      return writeRows(staged, 'conversion', readConversionTable(source, name))
    case 'poa':
      return writeRows(staged, 'poa', readPoaExempt(source, name))
  }
}

async function writeRows<Kind extends PartKind>(
  staged: StagedRelease,
  kind: Kind,
  rows: AsyncIterable<PartRows[Kind]>,
): Promise<Written[]> {
  const part = await staged.openPart(kind)
  try {
    for await (const row of rows) {
      const full = part.write(row)
      if (full !== undefined) await full
    }
  } catch (error) {
    await part.abandon()
    throw error
  }
  return [{ kind, ...(await part.close()) }]
}

async function writeTabular(staged: StagedRelease, source: ByteSource, name: string): Promise<Written[]> {
  const codes = await staged.openPart('tabular')
  const notes = await staged.openPart('notes')
  try {
    for await (const item of readTabularXml(source, name)) {
      const full = item.type === 'code' ? codes.write(item.row) : notes.write(item.note)
      if (full !== undefined) await full
    }
  } catch (error) {
    await Promise.all([codes.abandon(), notes.abandon()])
    throw error
  }
  return [
    { kind: 'tabular', ...(await codes.close()) },
    { kind: 'notes', ...(await notes.close()) },
  ]
}
