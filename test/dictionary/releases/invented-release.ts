/**
 * A small release of our own wording, the lock file that knows it, and a place to install it to.
 * The files are written to a directory that is removed after the test.
 */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import type { SourceKind } from '../../../src/sources/identify.js'
import type { LockedArchive, SourcesLock } from '../../../src/dictionary/releases/sources-lock.js'
import { indexXml, orderFile, rows, tableXml, tabularXml } from '../../sources/invented-files.js'

export const ORDER_2026 = orderFile(
  rows(`
    A00 0 Cholera
    A000 1 Cholera of the first kind
    A009 1 Cholera, unspecified
    S53 0 Sprained elbow
    S53A 0 Sprained elbow of a Meniere kind
    S53AXXA 1 Sprained elbow of a Meniere kind, first visit
    S53AXXD 1 Sprained elbow of a Meniere kind, later visit`),
)

export const TABULAR_2026 = tabularXml(`
  <chapter><name>1</name><section id="A00-A09"><diag><name>A00</name><desc>Cholera</desc>
    <excludes1><note>carrier (Z22.1)</note></excludes1>
    <diag><name>A00.0</name><desc>Cholera of the first kind</desc></diag>
    <diag><name>A00.9</name><desc>Cholera, unspecified</desc></diag></diag></section></chapter>
  <chapter><name>19</name><section id="S50-S59"><diag><name>S53</name><desc>Sprained elbow</desc>
    <sevenChrDef><extension char="A">first visit</extension><extension char="D">later visit</extension></sevenChrDef>
    <diag><name>S53.A</name><desc>Sprained elbow of a Menière kind</desc></diag></diag></section></chapter>`)

export const INDEX_2026 = indexXml(
  '<letter><title>C</title><mainTerm><title>Cholera</title><code>A00.9</code></mainTerm></letter>',
)

export const DRUG_2026 = tableXml(
  'Substance',
  '<letter><title>W</title><mainTerm><title>Water</title><cell col="2">A00.-</cell></mainTerm></letter>',
)

export function reconstructed(xml: string): string {
  return xml.replace('?>', '?>\n<!-- RECONSTRUCTED, NOT AN OFFICIAL FILE -->')
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

export interface InventedArchive extends Omit<LockedArchive, 'members'> {
  readonly files: readonly (readonly [name: string, kind: SourceKind, content: string])[]
}

/** A lock file that knows the given files of one year. */
export function lockOf(fiscalYear: number, archives: readonly InventedArchive[]): SourcesLock {
  const release = {
    fiscalYear,
    validFrom: `${fiscalYear - 1}-10-01`,
    validUntil: `${fiscalYear}-09-30`,
    archives: archives.map(({ files, ...archive }) => ({
      ...archive,
      members: files.map(([name, kind, content]) => ({
        name,
        kind,
        bytes: Buffer.byteLength(content),
        sha256: sha256Of(content),
      })),
    })),
  }
  return { format: 1, system: 'icd10cm', releases: [release] }
}

/** The lock file of the invented FY2026, without addresses. */
export const LOCK_2026: SourcesLock = lockOf(2026, [
  {
    files: [
      ['icd10cm-order-2026.txt', 'order', ORDER_2026],
      ['icd10cm-tabular-2026.xml', 'tabular', TABULAR_2026],
      ['icd10cm-index-2026.xml', 'index', INDEX_2026],
      ['icd10cm-drug-2026.xml', 'drug', DRUG_2026],
    ],
  },
])

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'chartcode-releases-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Writes files by relative path and gives the directory. */
export async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await temporaryDirectory()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true })
    await writeFile(join(directory, name), content)
  }
  return directory
}

/** Everything below a directory, relative and sorted. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
}
