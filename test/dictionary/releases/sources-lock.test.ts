/** The lock file: what stands in it, and that it is read strictly. */
import { describe, expect, it } from 'vitest'

import { firstDay, lastDay } from '../../../src/dictionary/releases/fiscal-year.js'
import {
  findLockedRelease,
  newestLockedYear,
  parseSourcesLock,
  readSourcesLock,
} from '../../../src/dictionary/releases/sources-lock.js'
import { LOCK_2026 } from './invented-release.js'

describe("this project's lock file", () => {
  it('names FY2027 as the newest release, with address, size and SHA-256', async () => {
    const lock = await readSourcesLock()
    expect(newestLockedYear(lock)).toBe(2027)
    const [codes] = findLockedRelease(lock, 2027).archives
    expect(codes?.address).toMatch(/^https:\/\/ftp\.cdc\.gov\/.*\/2027\/icd10cm-code-descriptions-2027\.zip$/)
    expect(codes).toMatchObject({ bytes: 2_192_779, sha256: expect.stringMatching(/^93e3ad60/) as string })
  })

  it('knows the order files of FY2025, FY2026 and FY2027 by hash', async () => {
    const lock = await readSourcesLock()
    for (const year of [2025, 2026, 2027]) {
      const members = findLockedRelease(lock, year).archives.flatMap(archive => archive.members)
      expect(members.find(member => member.kind === 'order')?.sha256).toHaveLength(64)
    }
  })

  it('gives every release the days of its fiscal year', async () => {
    for (const { fiscalYear, validFrom, validUntil } of (await readSourcesLock()).releases) {
      expect([validFrom, validUntil]).toEqual([firstDay(fiscalYear), lastDay(fiscalYear)])
    }
  })
})

describe('a lock file', () => {
  it('of an unknown year says which years are known', () => {
    expect(() => findLockedRelease(LOCK_2026, 2030)).toThrow(/FY2030 \(known: FY2026\)/)
  })

  it.each([
    ['that is not JSON', '{', /not JSON/],
    ['of another format', JSON.stringify({ ...LOCK_2026, format: 2 }), /format/],
    [
      'with an address that is not https',
      JSON.stringify(LOCK_2026).replace('"members"', '"address":"ftp://x/y","members"'),
      /address/,
    ],
    [
      'with half a hash',
      JSON.stringify(LOCK_2026).replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"abc"'),
      /sha256/,
    ],
    ['with a field nobody knows', JSON.stringify({ ...LOCK_2026, more: 1 }), /more/],
  ])('%s is refused', (_what, text, message) => {
    expect(() => parseSourcesLock(text, 'lock.json')).toThrow(message)
  })
})
