/**
 * `dictionary verify`: is the installed release what was installed, and does it agree with itself?
 * First the bytes (hashes, row counts), then the content of each part against the order file.
 * A disagreement in a part of unknown origin is an error: the file may be cut or changed. In a verified
 * part it is a notice, for the publisher printed it so; in a reconstructed part too, since such a part
 * carries the typos of the addenda it was rebuilt from.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'

import { readCodeSet } from './code-set.js'
import { hashOfParts, type PartKind, type ReleasePart } from './release-record.js'
import { partFile, type Release } from './release-store.js'
import {
  checkIndex,
  checkOrder,
  checkPoaExempt,
  checkTable,
  checkTabular,
  type Disagreement,
} from './verify-content.js'

export type Severity = 'error' | 'notice'

export interface VerifyFinding {
  readonly severity: Severity
  readonly part: PartKind | 'release' | 'lexicon'
  /** With its dot, where the finding is about one code. */
  readonly code: string | null
  readonly message: string
}

/** Reads every part once. Never throws for what it finds. */
export async function verifyRelease(release: Release): Promise<VerifyFinding[]> {
  const damaged = await verifyBytes(release)
  if (damaged.length > 0) return damaged
  if (!release.has('order')) {
    const message = 'no order file is installed: the other parts cannot be checked, and nothing can be coded'
    return [{ severity: 'notice', part: 'release', code: null, message }]
  }
  const codes = await readCodeSet(release)
  const findings: VerifyFinding[] = []
  for (const part of release.record.parts) {
    const severity = part.verified || part.origin === 'reconstructed' ? 'notice' : 'error'
    for await (const { code, message } of checkPart(release, part, codes)) {
      findings.push({ severity, part: part.kind, code, message })
    }
  }
  return findings
}

async function* checkPart(
  release: Release,
  { kind }: ReleasePart,
  codes: Awaited<ReturnType<typeof readCodeSet>>,
): AsyncGenerator<Disagreement> {
  if (kind === 'order') yield* checkOrder(codes)
  else if (kind === 'tabular') yield* checkTabular(release.read('tabular'), codes)
  else if (kind === 'index' || kind === 'external') yield* checkIndex(release.read(kind), codes)
  else if (kind === 'neoplasm' || kind === 'drug') yield* checkTable(release.read(kind), codes)
  else if (kind === 'poa') yield* checkPoaExempt(release.read('poa'), codes)
}

/** The files against the hashes and counts in `release.json`, and its own hash. */
async function verifyBytes(release: Release): Promise<VerifyFinding[]> {
  const findings: VerifyFinding[] = []
  const report = (part: VerifyFinding['part'], message: string): number =>
    findings.push({ severity: 'error', part, code: null, message: `${message}: install the release again` })
  const { record } = release
  if (hashOfParts(record.fiscalYear, record.parts) !== record.hash) {
    report('release', 'release.json was changed: its hash does not fit its parts')
  }
  for (const { kind, rows, canonicalSha256 } of record.parts) {
    try {
      const measured = await measure(join(release.directory, partFile(kind)))
      if (measured.sha256 !== canonicalSha256) {
        report(kind, `${partFile(kind)} was changed: SHA-256 ${measured.sha256}`)
      } else if (measured.rows !== rows) report(kind, `${partFile(kind)} does not hold ${rows} rows`)
    } catch {
      report(kind, `${partFile(kind)} is missing or cannot be read`)
    }
  }
  return findings
}

const LINE_FEED = 0x0a

/** One row a line: the line feeds are counted while the file is hashed. */
async function measure(path: string): Promise<{ sha256: string; rows: number }> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) rows += 1
  }
  return { sha256: hash.digest('hex'), rows }
}
