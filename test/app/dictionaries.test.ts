/** Which dictionaries an installation has, and that a snapshot is read whole or refused. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { chapterOf } from '../../src/app/chapters.js'
import { findDictionaries, LEXICON_YEARS } from '../../src/app/dictionaries.js'
import { isNodeSupported } from '../../src/app/diagnosis.js'
import { findInstalledYears } from '../../src/app/installed-years.js'
import { readSnapshot } from '../../src/app/read-snapshot.js'
import { encodeSnapshot } from '../../src/dictionary/snapshot/encode.js'

const temporary = (): string => mkdtempSync(path.join(tmpdir(), 'chartcode-app-'))

function install(name: string, record: object | string): string {
  const data = temporary()
  const directory = path.join(data, 'releases', 'icd10cm', name)
  mkdirSync(directory, { recursive: true })
  writeFileSync(
    path.join(directory, 'release.json'),
    typeof record === 'string' ? record : JSON.stringify(record),
  )
  return data
}

const order = { kind: 'order', origin: 'publisher', verified: true, rows: 9 }
const hash = 'a'.repeat(64)

describe('the installed years', () => {
  it('are those with an order file', () => {
    expect(findInstalledYears(install('FY2026', { fiscalYear: 2026, hash, parts: [order] }))).toMatchObject([
      { fiscalYear: 2026, hash },
    ])
    expect(findInstalledYears(install('FY2026', { fiscalYear: 2026, hash, parts: [] }))).toEqual([])
    expect(findInstalledYears(temporary())).toEqual([])
  })

  it('are found while a release is replaced', () => {
    expect(
      findInstalledYears(install('.FY2026.previous', { fiscalYear: 2026, hash, parts: [order] })),
    ).toHaveLength(1)
  })

  it.each(['{"fiscalYear": 2026', '{}', '{"fiscalYear": "2026", "hash": "x", "parts": []}'])(
    'refuse a damaged release.json: %s',
    json => {
      expect(() => findInstalledYears(install('FY2026', json))).toThrow(
        /release\.json is damaged: install the release again/,
      )
    },
  )
})

describe('the dictionaries', () => {
  it('without a release are those of the lexicon, and a date of another year is substituted', async () => {
    const { years, choose } = await findDictionaries({ dataDirectory: temporary() })
    expect(years.map(({ fiscalYear, isInstalled }) => [fiscalYear, isInstalled])).toEqual(
      LEXICON_YEARS.map(year => [year, false]),
    )
    expect(choose(null)).toMatchObject({ fiscalYear: LEXICON_YEARS.at(-1), substituted: false })
    expect(choose('2019-05-05')).toMatchObject({
      fiscalYear: LEXICON_YEARS[0],
      substituted: true,
      wanted: 2019,
    })
  })

  it('with a release are the installed ones alone', async () => {
    const dataDirectory = install('FY2024', { fiscalYear: 2024, hash, parts: [order] })
    const { years } = await findDictionaries({ dataDirectory })
    expect(years).toMatchObject([{ fiscalYear: 2024, isInstalled: true, place: { releaseHash: hash } }])
  })
})

describe('a snapshot file', () => {
  const directory = temporary()
  const good = path.join(directory, 'good.snapshot')
  beforeAll(() => {
    writeFileSync(
      good,
      encodeSnapshot({ some: 'meta' }, { numbers: Uint32Array.from({ length: 1000 }, (_, i) => i) }),
    )
  })
  const copy = (name: string): string => {
    copyFileSync(good, path.join(directory, name))
    return path.join(directory, name)
  }

  it('is read whole', async () => {
    const { meta, section } = await readSnapshot(good)
    expect(meta).toEqual({ some: 'meta' })
    expect(section<Uint32Array>('numbers')[999]).toBe(999)
  })

  it('is not hashed again while it stays as it was', async () => {
    await readSnapshot(good)
    expect(existsSync(`${good}.checked`)).toBe(true)
    await expect(readSnapshot(good)).resolves.toMatchObject({ meta: { some: 'meta' } })
  })

  it('that changed after it was checked is refused', async () => {
    const file = copy('changed.snapshot')
    await readSnapshot(file)
    writeSync(openSync(file, 'r+'), Buffer.from([0xff]), 0, 1, readFileSync(file).length - 20)
    await expect(readSnapshot(file)).rejects.toThrow(/does not match its SHA-256; build it again/)
  })

  it('that was cut is refused', async () => {
    const file = copy('cut.snapshot')
    truncateSync(file, 2000)
    await expect(readSnapshot(file)).rejects.toThrow(/does not match its SHA-256/)
  })

  it('that is not there is refused', async () => {
    await expect(readSnapshot(path.join(directory, 'none.snapshot'))).rejects.toThrow(/cannot be opened/)
  })
})

it.each([
  ['A00', 1],
  ['D49.9', 2],
  ['H59.0', 7],
  ['H60.1', 8],
  ['O9A.2', 15],
  ['QA0', 17],
  ['T88.9', 19],
  ['V00.0', 20],
  ['U07.1', 22],
  ['Z99.9', 21],
])('%s belongs to chapter %i', (code, chapter) => {
  expect(chapterOf(code)?.number).toBe(chapter)
})

it.each([
  ['20.18.9', false],
  ['20.19.0', true],
  ['22.1.0', true],
  ['18.20.0', false],
])('Node.js %s: supported is %s', (version, expected) => {
  expect(isNodeSupported(version)).toBe(expected)
})
