/** Verifying: damage, disagreement between parts, and a lexicon that promises too much. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { installFromPaths } from '../../../src/dictionary/releases/install.js'
import { openRelease } from '../../../src/dictionary/releases/release-store.js'
import { verifyLexicon, type LexiconCode } from '../../../src/dictionary/releases/verify-lexicon.js'
import { verifyRelease } from '../../../src/dictionary/releases/verify-release.js'
import {
  DRUG_2026,
  INDEX_2026,
  LOCK_2026,
  ORDER_2026,
  reconstructed,
  TABULAR_2026,
  temporaryDirectory,
  writeFiles,
} from './invented-release.js'

const WHOLE = {
  'icd10cm-order-2026.txt': ORDER_2026,
  'tabular.xml': TABULAR_2026,
  'index.xml': INDEX_2026,
  'drug.xml': DRUG_2026,
}

async function install(files: Readonly<Record<string, string>>) {
  const dataDirectory = await temporaryDirectory()
  await installFromPaths([await writeFiles(files)], {
    dataDirectory,
    lock: LOCK_2026,
    acceptUnverified: true,
  })
  return openRelease(dataDirectory, 2026)
}

describe('an installed release', () => {
  it('that is whole and agrees with itself has no finding; accents in titles do not count', async () => {
    expect(await verifyRelease(await install(WHOLE))).toEqual([])
  })

  it('with a changed file is an error', async () => {
    const release = await install(WHOLE)
    await appendFile(join(release.directory, 'index.ndjson'), '\n')
    expect(await verifyRelease(release)).toMatchObject([
      { severity: 'error', part: 'index', message: expect.stringMatching(/was changed/) as string },
    ])
  })

  it('with a missing file is an error', async () => {
    const release = await install(WHOLE)
    await rm(join(release.directory, 'drug.ndjson'))
    expect(await verifyRelease(release)).toMatchObject([{ severity: 'error', part: 'drug' }])
  })

  it('with a changed record is an error', async () => {
    const release = await install(WHOLE)
    const path = join(release.directory, 'release.json')
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace('"origin": "publisher"', '"origin": "reconstructed"'),
    )
    const changed = await openRelease(join(release.directory, '../../..'), 2026)
    expect(await verifyRelease(changed)).toMatchObject([{ severity: 'error', part: 'release' }])
  })

  it('without an order file cannot be checked, and says so', async () => {
    expect(await verifyRelease(await install({ 'index.xml': INDEX_2026 }))).toMatchObject([
      { severity: 'notice', part: 'release', message: expect.stringMatching(/no order file/) as string },
    ])
  })

  it.each([
    [
      'a code below a billable one',
      { 'icd10cm-order-2026.txt': ORDER_2026.replace('A00     0', 'A00     1') },
      'order',
      'A00.0',
    ],
    [
      'a header with nothing below it',
      { 'icd10cm-order-2026.txt': ORDER_2026.replace('A009    1', 'A009    0') },
      'order',
      'A00.9',
    ],
    [
      'a code without its category',
      { 'icd10cm-order-2026.txt': ORDER_2026.replace('A009 ', 'B009 ') },
      'order',
      'B00.9',
    ],
    [
      'a title that differs',
      { 'tabular.xml': TABULAR_2026.replace('Cholera, unspecified', 'Cholera, other') },
      'tabular',
      'A00.9',
    ],
    [
      'a code the order file lacks',
      { 'tabular.xml': TABULAR_2026.replace('A00.9', 'A00.8') },
      'tabular',
      'A00.8',
    ],
    [
      'a 7th character nobody defined',
      { 'tabular.xml': TABULAR_2026.replace('char="D"', 'char="S"') },
      'tabular',
      'S53.AXXD',
    ],
    [
      'an index code that does not exist',
      { 'index.xml': INDEX_2026.replace('A00.9', 'A00.7-') },
      'index',
      'A00.7-',
    ],
    [
      'a table cell that does not exist',
      { 'drug.xml': DRUG_2026.replace('A00.-', 'A01.-') },
      'drug',
      'A01.-',
    ],
  ])('with %s has an error for that code', async (_what, files, part, code) => {
    const findings = await verifyRelease(await install({ ...WHOLE, ...files }))
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', part, code }))
  })

  it('with a slip in a reconstructed part has a notice', async () => {
    const rebuilt = reconstructed(INDEX_2026.replace('A00.9', 'A00.7'))
    expect(await verifyRelease(await install({ ...WHOLE, 'index.xml': rebuilt }))).toMatchObject([
      {
        severity: 'notice',
        part: 'index',
        code: 'A00.7',
        message: expect.stringMatching(/at Cholera/) as string,
      },
    ])
  })
})

describe('the lexicon', () => {
  const row = (code: string, more: Partial<LexiconCode> = {}): LexiconCode => ({
    code,
    file: '01-infections.csv',
    line: 12,
    preferred: 'cholera',
    ...more,
  })
  it.each([
    ['a billable code', row('A00.9'), []],
    [
      'a code that does not exist',
      row('A00.7'),
      [['error', 'A00.7', '01-infections.csv:12: does not exist in FY2026']],
    ],
    [
      'a header',
      row('A00'),
      [['error', 'A00', '01-infections.csv:12: is a header in FY2026: write a code below it']],
    ],
    ['a code that ended before the year', row('A00.7', { until: 2025 }), []],
    ['a code that begins after the year', row('A00.7', { from: 2027 }), []],
    [
      'a code that begins with the year',
      row('A00.7', { from: 2026, until: null }),
      [['error', 'A00.7', expect.any(String)]],
    ],
  ])('with %s', async (_what, lexicon, expected) => {
    const findings = await verifyLexicon([lexicon], await install(WHOLE))
    expect(findings.map(({ severity, code, message }) => [severity, code, message])).toEqual(expected)
  })

  it('whose wording says the opposite of the title has a notice', async () => {
    const release = await install({
      'icd10cm-order-2026.txt': ORDER_2026.replaceAll('first kind', 'acute kind'),
    })
    const lexicon = [
      row('A00.0', { preferred: 'chronic cholera' }),
      row('A00.0', { preferred: 'acute cholera' }),
    ]
    expect(await verifyLexicon(lexicon, release)).toMatchObject([{ severity: 'notice', code: 'A00.0' }])
  })

  it('cannot be checked against a release without its order file', async () => {
    await expect(
      verifyLexicon([row('A00.9')], await install({ 'index.xml': INDEX_2026 })),
    ).rejects.toMatchObject({
      code: 'release-missing',
    })
  })
})
