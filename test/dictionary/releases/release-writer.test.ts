/** What a crash leaves behind, and what two installations at once do to each other. */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { withInstallLock } from '../../../src/dictionary/releases/install-lock.js'
import { installFromPaths } from '../../../src/dictionary/releases/install.js'
import {
  listReleases,
  openRelease,
  releasesDirectory,
} from '../../../src/dictionary/releases/release-store.js'
import { stageRelease } from '../../../src/dictionary/releases/release-writer.js'
import {
  DRUG_2026,
  INDEX_2026,
  LOCK_2026,
  ORDER_2026,
  temporaryDirectory,
  writeFiles,
} from './invented-release.js'

/** No process has this id: it is above the kernel's limit. */
const DEAD_PROCESS = 4_999_999

async function installed() {
  const dataDirectory = await temporaryDirectory()
  const options = { dataDirectory, lock: LOCK_2026 }
  await installFromPaths([await writeFiles({ 'icd10cm-order-2026.txt': ORDER_2026 })], options)
  return { dataDirectory, options, releases: releasesDirectory(dataDirectory) }
}

describe('an interrupted installation', () => {
  it('is invisible: what is staged is no release', async () => {
    const { dataDirectory, releases } = await installed()
    const staged = await stageRelease(dataDirectory, 2025)
    const part = await staged.openPart('order')
    void part.write({ order: 1, code: 'A00', billable: false, shortTitle: 'x', longTitle: 'x' })
    expect((await listReleases(dataDirectory)).map(record => record.release)).toEqual(['FY2026'])
    await part.abandon()
    await staged.abort()
    expect(await readdir(releases)).toEqual(['FY2026'])
  })

  it('between the two renames of a swap leaves the old release readable, and the next one mends it', async () => {
    const { dataDirectory, options, releases } = await installed()
    await rename(join(releases, 'FY2026'), join(releases, '.FY2026.previous'))
    expect((await openRelease(dataDirectory, 2026)).record.release).toBe('FY2026')
    expect((await listReleases(dataDirectory)).map(record => record.release)).toEqual(['FY2026'])
    await installFromPaths([await writeFiles({ 'index.xml': INDEX_2026 })], options)
    expect(await readdir(releases)).toEqual(['FY2026'])
    expect((await openRelease(dataDirectory, 2026)).record.parts.map(part => part.kind)).toEqual([
      'order',
      'index',
    ])
  })

  it('leaves directories that the next one removes, unless their process lives', async () => {
    const { options, releases } = await installed()
    const dead = `.staging-FY2026-${DEAD_PROCESS}-abc`
    const alive = `.staging-FY2026-${process.pid}-abc`
    for (const name of [dead, alive]) await mkdir(join(releases, name))
    await installFromPaths([await writeFiles({ 'index.xml': INDEX_2026 })], options)
    expect((await readdir(releases)).sort()).toEqual([alive, 'FY2026'])
  })

  it('leaves a lock that the next one takes over', async () => {
    const { options, releases } = await installed()
    await writeFile(join(releases, '.install.lock'), String(DEAD_PROCESS))
    await installFromPaths([await writeFiles({ 'index.xml': INDEX_2026 })], options)
    expect(await readdir(releases)).toEqual(['FY2026'])
  })
})

describe('installations at the same time', () => {
  it('both end up in the release', async () => {
    const { dataDirectory, options } = await installed()
    const [index, drug] = [
      await writeFiles({ 'index.xml': INDEX_2026 }),
      await writeFiles({ 'drug.xml': DRUG_2026 }),
    ]
    await Promise.all([installFromPaths([index], options), installFromPaths([drug], options)])
    const { record } = await openRelease(dataDirectory, 2026)
    expect(record.parts.map(part => part.kind)).toEqual(['order', 'index', 'drug'])
  })

  it('wait for each other', async () => {
    const directory = await temporaryDirectory()
    const steps: string[] = []
    const work = (name: string) => async () => {
      steps.push(`${name} begins`)
      await new Promise(resolve => setTimeout(resolve, 20))
      steps.push(`${name} ends`)
    }
    await Promise.all([withInstallLock(directory, work('a')), withInstallLock(directory, work('b'))])
    expect(steps.filter((_, index) => index % 2 === 1).every(step => step.endsWith('ends'))).toBe(true)
  })
})

describe('a release that is not there', () => {
  it('is missing, and the message says how to get it', async () => {
    await expect(openRelease(await temporaryDirectory(), 2026)).rejects.toMatchObject({
      code: 'release-missing',
      message: expect.stringContaining('dictionary install FY2026') as string,
    })
  })

  it('or whose record is damaged is not misread', async () => {
    const { dataDirectory, releases } = await installed()
    for (const text of ['{', '{"format":2}']) {
      await writeFile(join(releases, 'FY2026', 'release.json'), text)
      await expect(openRelease(dataDirectory, 2026)).rejects.toMatchObject({ code: 'release-unreadable' })
    }
  })
})
