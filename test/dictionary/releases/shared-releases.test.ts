/** The publisher's files as a whole: installed, verified, compared; the numbers are the publisher's. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { diffReleases } from '../../../src/dictionary/releases/diff-releases.js'
import { installFromPaths, type InstallReport } from '../../../src/dictionary/releases/install.js'
import { listReleases, openRelease } from '../../../src/dictionary/releases/release-store.js'
import { readSourcesLock } from '../../../src/dictionary/releases/sources-lock.js'
import { verifyRelease } from '../../../src/dictionary/releases/verify-release.js'
import { sharedIcd10cm } from '../../sources/shared-data.js'

describe.skipIf(sharedIcd10cm === null)("the publisher's releases (needs shared data)", () => {
  let dataDirectory = ''
  let report: InstallReport
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'chartcode-shared-'))
    report = await installFromPaths([sharedIcd10cm ?? ''], { dataDirectory, lock: await readSourcesLock() })
  }, 60_000)
  afterAll(() => rm(dataDirectory, { recursive: true, force: true }))

  it('install from one directory, several years at once', () => {
    const rowsOf = (release: string, kind: string) =>
      report.installed.find(part => part.release === release && part.kind === kind)?.rows
    expect(rowsOf('FY2026', 'order')).toBe(98_186)
    expect(rowsOf('FY2025', 'order')).toBe(97_584)
    expect(rowsOf('FY2026', 'tabular')).toBe(46_881)
    expect(rowsOf('FY2026', 'index')).toBe(81_509)
    expect(rowsOf('FY2025', 'external')).toBe(8_064)
    expect(rowsOf('FY2025', 'neoplasm')).toBe(1_939)
    expect(rowsOf('FY2025', 'drug')).toBe(7_428)
    expect(report.skipped).toEqual([])
  })

  it('are verified, but for the parts that declare themselves reconstructed', async () => {
    const parts = (await listReleases(dataDirectory)).flatMap(record => record.parts)
    expect(parts.every(part => part.verified === (part.origin === 'publisher'))).toBe(true)
    expect(parts.filter(part => part.origin === 'reconstructed').length).toBe(6)
  })

  it('hold nothing wrong but the three typos of the FY2026 index addenda', async () => {
    for (const [year, codes] of [
      [2024, []],
      [2025, []],
      [2026, ['Z15.08', 'Q99.814', 'Q99.814']],
    ] as const) {
      const findings = await verifyRelease(await openRelease(dataDirectory, year))
      expect(findings.map(finding => finding.code)).toEqual(codes)
      expect(findings.every(finding => finding.severity === 'notice')).toBe(true)
    }
  }, 60_000)

  it.each([
    [2025, 2026, { added: 487, removed: 28, headers: 143, revised: [38, 7] }],
    [2024, 2025, { added: 252, removed: 36, headers: 72, revised: [13, 1] }],
  ])('differ from FY%i to FY%i as the official addenda say', async (from, to, official) => {
    const { billable, headers } = await diffReleases(
      await openRelease(dataDirectory, from),
      await openRelease(dataDirectory, to),
    )
    expect({
      added: billable.added.length,
      removed: billable.removed.length,
      headers: headers.added.length,
      revised: [billable.revised.length, headers.revised.length],
    }).toEqual(official)
    expect(headers.removed).toEqual([])
  })
})
