/** Fiscal years, and which installed release answers for a date of service. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { chooseRelease } from '../../../src/dictionary/releases/choose-release.js'
import {
  firstDay,
  fiscalYearOf,
  lastDay,
  parseFiscalYear,
} from '../../../src/dictionary/releases/fiscal-year.js'

describe('a fiscal year', () => {
  it.each([
    ['2025-09-30', 2025],
    ['2025-10-01', 2026],
    ['2026-02-28', 2026],
    ['2026-09-30', 2026],
    ['2024-02-29', 2024],
    ['2025-12-31', 2026],
  ])('of %s is FY%i', (date, year) => {
    expect(fiscalYearOf(date)).toBe(year)
  })

  it.each([
    '2025-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-1-1',
    '20250101',
    'today',
    '',
    '2025-04-31',
    '2025-10-01T00:00',
  ])("'%s' is no date of service", date => {
    expect(() => fiscalYearOf(date)).toThrow(expect.objectContaining({ code: 'date-invalid' }))
  })

  it('begins and ends on the days that belong to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2016, max: 2090 }), year => {
        expect(fiscalYearOf(firstDay(year))).toBe(year)
        expect(fiscalYearOf(lastDay(year))).toBe(year)
      }),
    )
  })

  it('is written with or without FY', () => {
    expect(['FY2026', 'fy2026', '2026'].map(parseFiscalYear)).toEqual([2026, 2026, 2026])
    for (const wrong of ['FY26', '26', 'FY', 'FY2026x', '1999', '']) {
      expect(() => parseFiscalYear(wrong)).toThrow(expect.objectContaining({ code: 'usage' }))
    }
  })
})

describe('the release for a date of service', () => {
  it.each([
    ['without a date is the newest installed', null, [2025, 2026], 2026, false],
    ['is that of the date', '2025-03-01', [2024, 2025, 2026], 2025, false],
    ['is the nearest earlier one where its own is missing', '2026-11-01', [2024, 2026], 2026, true],
    ['is the nearest earlier one in a gap', '2025-03-01', [2024, 2026], 2024, true],
    ['is the nearest later one before the first', '2020-03-01', [2026, 2025], 2025, true],
  ])('%s', (_what, date, installed, fiscalYear, substituted) => {
    expect(chooseRelease(date, installed)).toMatchObject({
      fiscalYear,
      release: `FY${fiscalYear}`,
      substituted,
    })
  })

  it('says which year the date asked for', () => {
    expect(chooseRelease('2026-11-01', [2026]).wanted).toBe(2027)
    expect(chooseRelease(null, [2026]).wanted).toBeNull()
  })

  it('does not exist if nothing is installed', () => {
    expect(() => chooseRelease(null, [])).toThrow(expect.objectContaining({ code: 'release-missing' }))
  })

  it('is refused for what is no date, also if nothing is installed', () => {
    expect(() => chooseRelease('2025-02-30', [])).toThrow(expect.objectContaining({ code: 'date-invalid' }))
  })
})
