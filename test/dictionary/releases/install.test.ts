/** Installing from files: what is taken, what is refused, and that a stop in the middle changes nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { installFromPaths, type InstallOptions } from '../../../src/dictionary/releases/install.js'
import {
  installedFiscalYears,
  listReleases,
  openRelease,
} from '../../../src/dictionary/releases/release-store.js'
import { collect } from '../../sources/invented-files.js'
import { zipOf } from '../../sources/invented-zip.js'
import {
  DRUG_2026,
  filesBelow,
  INDEX_2026,
  LOCK_2026,
  lockOf,
  ORDER_2026,
  reconstructed,
  sha256Of,
  TABULAR_2026,
  temporaryDirectory,
  writeFiles,
} from './invented-release.js'

async function options(more: Partial<InstallOptions> = {}): Promise<InstallOptions> {
  return { dataDirectory: await temporaryDirectory(), lock: LOCK_2026, ...more }
}

const WHOLE = {
  'a/icd10cm-order-2026.txt': ORDER_2026,
  'a/icd10cm-tabular-2026.xml': TABULAR_2026,
  'b/icd10cm-index-2026.xml': INDEX_2026,
  'b/icd10cm-drug-2026.xml': DRUG_2026,
  'b/icd10cm-codes-2026.txt': 'A000    Cholera of the first kind',
}

describe('installing a directory', () => {
  it('takes what it recognises and accounts for the rest', async () => {
    const settings = await options()
    const report = await installFromPaths([await writeFiles(WHOLE)], settings)
    expect(report.installed.map(part => [part.release, part.kind, part.rows, part.verified])).toEqual([
      ['FY2026', 'order', 7, true],
      ['FY2026', 'tabular', 5, true],
      ['FY2026', 'notes', 1, true],
      ['FY2026', 'drug', 1, true],
      ['FY2026', 'index', 1, true],
    ])
    expect(report.skipped).toEqual([])
    expect(report.ignored.map(file => file.reason)).toEqual([expect.stringMatching(/codes file/)])
  })

  it('takes a conversion table and the exempt codes beside it, which the lock file does not know', async () => {
    const table = 'Current code assignment,Effective,Previous Code(s) Assignment\r\nA00.11,2017,A00.1\r\n'
    const exempt = 'Order26\tPOAexemptCode\tDescription\r\n1\tA00.0\tCholera\r\n'
    const files = { 'TABLE-FY2026.csv': table, 'POAexemptCodesFY26.txt': exempt }
    const settings = await options({ acceptUnverified: true })
    await installFromPaths([await writeFiles({ ...WHOLE, ...files })], settings)
    const release = await openRelease(settings.dataDirectory, 2026)
    expect(await collect(release.read('conversion'))).toEqual([
      { code: 'A0011', effective: '2017-10-01', previous: ['A001'] },
    ])
    expect(await collect(release.read('poa'))).toEqual([{ code: 'A000' }])
  })

  it('gives the rows back in the order of the publisher', async () => {
    const settings = await options()
    await installFromPaths([await writeFiles(WHOLE)], settings)
    const release = await openRelease(settings.dataDirectory, 2026)
    expect((await collect(release.read('order'))).map(row => row.code).slice(0, 3)).toEqual([
      'A00',
      'A000',
      'A009',
    ])
    expect(await collect(release.read('drug'))).toEqual([
      { path: [{ title: 'Water', nonessential: [] }], cells: { 2: 'A00.-' } },
    ])
    expect(await collect(release.read('external'))).toEqual([])
    expect([release.has('notes'), release.has('external')]).toEqual([true, false])
  })

  it('writes the same bytes and the same hash on every machine', async () => {
    const [one, other] = [await options(), await options()]
    await installFromPaths([await writeFiles(WHOLE)], one)
    const apart = await writeFiles(WHOLE)
    await installFromPaths([join(apart, 'b')], other)
    await installFromPaths([join(apart, 'a')], other)
    const read = (settings: InstallOptions) =>
      readFile(join(settings.dataDirectory, 'releases/icd10cm/FY2026/release.json'), 'utf8')
    expect(await read(one)).toBe(await read(other))
  })

  it('takes the files of the years asked for', async () => {
    const settings = await options({ fiscalYears: [2025] })
    await expect(installFromPaths([await writeFiles(WHOLE)], settings)).rejects.toThrow(
      /of FY2026, not asked for/,
    )
  })
})

describe('installing a further part', () => {
  it('keeps the parts that are there and replaces its own', async () => {
    const settings = await options({ acceptUnverified: true })
    const directory = await writeFiles({ ...WHOLE, 'c/index.xml': INDEX_2026.replace('A00.9', 'A00.0') })
    await installFromPaths([join(directory, 'a'), join(directory, 'b')], settings)
    await installFromPaths([join(directory, 'c/index.xml')], settings)
    const release = await openRelease(settings.dataDirectory, 2026)
    expect(release.record.parts.map(part => [part.kind, part.verified])).toEqual([
      ['order', true],
      ['tabular', true],
      ['notes', true],
      ['index', false],
      ['drug', true],
    ])
    expect((await collect(release.read('index'))).map(row => row.code)).toEqual(['A00.0'])
    expect(await collect(release.read('order'))).toHaveLength(7)
  })
})

describe('a reconstructed file', () => {
  const rebuilt = reconstructed(INDEX_2026)

  it('installs as reconstructed and unverified', async () => {
    const directory = await writeFiles({ 'index.xml': rebuilt })
    const { installed } = await installFromPaths([directory], await options())
    expect(installed).toMatchObject([{ kind: 'index', origin: 'reconstructed', verified: false }])
  })

  it("never takes the place of a publisher's", async () => {
    const settings = await options()
    await installFromPaths(
      [await writeFiles({ 'icd10cm-index-2026.xml': INDEX_2026, 'a.xml': rebuilt })],
      settings,
    )
    const directory = await writeFiles({ 'index.xml': rebuilt })
    await expect(installFromPaths([directory], settings)).rejects.toThrow(/the publisher's index of FY2026/)
    expect((await listReleases(settings.dataDirectory))[0]?.parts[0]?.origin).toBe('publisher')
  })

  it("gives way to a publisher's", async () => {
    const settings = await options()
    await installFromPaths([await writeFiles({ 'index.xml': rebuilt })], settings)
    await installFromPaths([await writeFiles({ 'index.xml': INDEX_2026 })], settings)
    expect((await listReleases(settings.dataDirectory))[0]?.parts).toMatchObject([
      { origin: 'publisher', verified: true },
    ])
  })
})

describe('a file the lock file does not know', () => {
  const unknown = ORDER_2026.replace('unspecified', 'unknown yet')

  it('is refused unless the user accepts it', async () => {
    const directory = await writeFiles({ 'icd10cm-order-Apr-2026.txt': unknown })
    await expect(installFromPaths([directory], await options())).rejects.toMatchObject({
      code: 'release-unverified',
    })
    const { installed } = await installFromPaths([directory], await options({ acceptUnverified: true }))
    expect(installed).toMatchObject([{ kind: 'order', origin: 'publisher', verified: false }])
  })

  it('is skipped with a reason beside files that are known', async () => {
    const directory = await writeFiles({
      ...WHOLE,
      'external.xml': INDEX_2026.replace('DISEASES', 'EXTERNAL CAUSE'),
    })
    const report = await installFromPaths([directory], await options())
    expect(report.installed).toHaveLength(5)
    expect(report.skipped.map(file => file.reason)).toEqual([expect.stringMatching(/--accept-unverified/)])
  })

  it('but whose name it knows is a mismatch, and nothing at all is installed', async () => {
    const settings = await options()
    const directory = await writeFiles({ ...WHOLE, 'a/icd10cm-order-2026.txt': unknown })
    await expect(installFromPaths([directory], settings)).rejects.toMatchObject({ code: 'release-mismatch' })
    expect(await filesBelow(settings.dataDirectory)).toEqual([])
  })

  it('and that does not say its year needs the year', async () => {
    const directory = await writeFiles({ 'order.txt': unknown })
    await expect(installFromPaths([directory], await options({ acceptUnverified: true }))).rejects.toThrow(
      /does not say its fiscal year/,
    )
    const { installed } = await installFromPaths(
      [directory],
      await options({ acceptUnverified: true, fiscalYears: [2024] }),
    )
    expect(installed[0]?.release).toBe('FY2024')
  })
})

describe('an archive', () => {
  const archive = zipOf([
    { name: 'icd10cm/icd10cm-order-2026.txt', content: ORDER_2026 },
    { name: 'icd10cm/read-me.txt', content: 'hello' },
  ])

  it('of unknown hash installs only if the user accepts it; its members are checked all the same', async () => {
    const path = join(await writeFiles({ 'release.zip': archive }), 'release.zip')
    await expect(installFromPaths([path], await options())).rejects.toMatchObject({
      code: 'release-unverified',
    })
    const { installed, ignored } = await installFromPaths([path], await options({ acceptUnverified: true }))
    expect(installed).toMatchObject([
      { kind: 'order', verified: true, sourceName: 'release.zip!icd10cm-order-2026.txt' },
    ])
    expect(ignored).toHaveLength(1)
  })

  it('of known hash verifies its members', async () => {
    const lock = lockOf(2026, [{ bytes: archive.length, sha256: sha256Of(archive), files: [] }])
    const path = join(await writeFiles({ 'anything.bin': archive }), 'anything.bin')
    const { installed } = await installFromPaths([path], await options({ lock }))
    expect(installed).toMatchObject([{ kind: 'order', verified: true }])
  })

  it('that climbs out of itself installs nothing', async () => {
    const settings = await options({ acceptUnverified: true })
    const climbing = zipOf([{ name: '../../icd10cm-order-2026.txt', content: ORDER_2026 }])
    const path = join(await writeFiles({ 'release.zip': climbing }), 'release.zip')
    await expect(installFromPaths([path], settings)).rejects.toMatchObject({ code: 'release-unreadable' })
    expect(await filesBelow(settings.dataDirectory)).toEqual([])
  })

  it('that cannot be read, lying in a directory, does not stop the rest', async () => {
    const directory = await writeFiles({ ...WHOLE, 'broken.zip': 'PK' })
    const { installed, ignored } = await installFromPaths([directory], await options())
    expect(installed).toHaveLength(5)
    expect(ignored.map(file => file.reason)).toContainEqual(expect.stringMatching(/not a readable ZIP/))
  })
})

describe('a file without the expected shape', () => {
  it.each([
    ['a tabular list that is cut off', { 'tabular.xml': TABULAR_2026.slice(0, 500) }],
    [
      'an order file with a bad flag',
      { 'icd10cm-order-2026.txt': ORDER_2026.replace('A009    1', 'A009    7') },
    ],
    ['a duplicate code', { 'icd10cm-order-2026.txt': ORDER_2026.replace('A009 ', 'A000 ') }],
  ])('(%s) leaves the installed releases exactly as they were', async (_what, files) => {
    const settings = await options()
    await installFromPaths([await writeFiles(WHOLE)], settings)
    const before = await filesBelow(settings.dataDirectory)
    const record = (await listReleases(settings.dataDirectory))[0]
    const directory = await writeFiles({
      ...files,
      'index.xml': reconstructed(INDEX_2026).replace('2026', '2025'),
    })
    await expect(
      installFromPaths([directory], { ...settings, acceptUnverified: true }),
    ).rejects.toMatchObject({ code: 'release-unreadable' })
    expect(await filesBelow(settings.dataDirectory)).toEqual(before)
    expect((await listReleases(settings.dataDirectory))[0]).toEqual(record)
  })
})

describe('what cannot be installed', () => {
  it('says so: a path that does not exist', async () => {
    await expect(installFromPaths(['/no/such/path'], await options())).rejects.toMatchObject({
      code: 'file-missing',
    })
  })

  it('says so: a directory without any file of a release', async () => {
    const directory = await writeFiles({ 'notes.txt': 'hello' })
    await expect(installFromPaths([directory], await options())).rejects.toThrow(
      /no file of an ICD-10-CM release/,
    )
  })
})

describe('several years', () => {
  it('stay side by side; only those with an order file can code', async () => {
    const settings = await options({ acceptUnverified: true })
    const directory = await writeFiles({
      'icd10cm-order-2026.txt': ORDER_2026,
      'icd10cm-order-2025.txt': ORDER_2026.replaceAll('unspecified', 'not certain'),
      'index.xml': INDEX_2026.replace('<version>2026', '<version>2024'),
    })
    await installFromPaths([directory], settings)
    expect((await listReleases(settings.dataDirectory)).map(record => record.release)).toEqual([
      'FY2024',
      'FY2025',
      'FY2026',
    ])
    expect(await installedFiscalYears(settings.dataDirectory)).toEqual([2025, 2026])
  })
})
