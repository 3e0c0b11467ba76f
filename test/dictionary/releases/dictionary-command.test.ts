/** The `dictionary` commands: data on standard output, the rest on standard error, exit codes. */
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'

import { dictionaryCommand, type DictionaryWork } from '../../../src/cli/dictionary/dictionary-command.js'
import { formatTable } from '../../../src/cli/dictionary/output.js'
import {
  INDEX_2026,
  LOCK_2026,
  ORDER_2026,
  reconstructed,
  temporaryDirectory,
  writeFiles,
} from './invented-release.js'

async function commandLine(terminal = false) {
  const seen = { out: '', err: '', exitCode: 0, built: [] as DictionaryWork[] }
  const dataDirectory = await temporaryDirectory()
  const run = async (...words: string[]): Promise<unknown> => {
    seen.out = ''
    seen.err = ''
    const command = dictionaryCommand({
      dataDirectory,
      readLock: () => Promise.resolve(LOCK_2026),
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      print: text => (seen.out += text),
      warn: text => (seen.err += `${text}\n`),
      progress: text => (seen.err += `${text}\n`),
      terminal,
      setExitCode: code => (seen.exitCode = code),
      build: work => {
        seen.built.push(work)
        return Promise.resolve([{ release: 'FY2026', phrases: 3 }])
      },
      coverage: () => Promise.resolve([{ chapter: '1', billable: 2, covered: 1 }]),
      lexiconCodes: () => Promise.resolve([{ code: 'A00.7', file: 'a.csv', line: 2, preferred: 'cholera' }]),
    })
    await command.parseAsync(words, { from: 'user' })
    return terminal || seen.out === '' ? null : JSON.parse(seen.out)
  }
  return { run, seen, dataDirectory }
}

const files = () =>
  writeFiles({ 'icd10cm-order-2026.txt': ORDER_2026, 'index.xml': reconstructed(INDEX_2026) })

describe('dictionary install and list', () => {
  it('print what is installed, and say on standard error what is reconstructed', async () => {
    const { run, seen, dataDirectory } = await commandLine()
    expect(await run('install', '--from', await files())).toMatchObject({
      installed: [
        { release: 'FY2026', kind: 'order', verified: true },
        { release: 'FY2026', kind: 'index', origin: 'reconstructed' },
      ],
    })
    expect(seen.err).toMatch(/notice +FY2026 index: index.xml is reconstructed/)
    expect(await run('list')).toMatchObject({
      dataDirectory,
      releases: [{ release: 'FY2026', validFrom: '2025-10-01', validUntil: '2026-09-30' }],
    })
  })

  it('print tables on a terminal', async () => {
    const { run, seen } = await commandLine(true)
    await run('install', 'FY2026', '--from', await files())
    await run('list')
    expect(seen.out.split('\n')[0]).toMatch(/^release +from +until +part +origin +verified +rows +source$/)
    expect(seen.out).toMatch(/FY2026 +2025-10-01 +2026-09-30 +index +reconstructed +no +1 +index.xml/)
  })

  it('without any release say how to install one', async () => {
    const { run, seen } = await commandLine()
    expect(await run('list')).toMatchObject({ releases: [] })
    expect(seen.err).toMatch(/no release is installed/)
  })
})

describe('dictionary verify', () => {
  it('ends with exit code 1 if the lexicon promises a code that does not exist', async () => {
    const { run, seen } = await commandLine()
    await run('install', '--from', await files())
    expect(await run('verify')).toMatchObject({
      verified: ['FY2026'],
      errors: 1,
      findings: [{ release: 'FY2026', severity: 'error', part: 'lexicon', code: 'A00.7' }],
    })
    expect(seen.exitCode).toBe(1)
  })

  it('has nothing to verify without a release', async () => {
    const { run } = await commandLine()
    await expect(run('verify')).rejects.toMatchObject({ code: 'release-missing' })
  })
})

describe('dictionary diff', () => {
  it('prints counts and codes with their dots', async () => {
    const { run } = await commandLine()
    const directory = await writeFiles({
      'icd10cm-order-2026.txt': ORDER_2026,
      'order-2025.txt': ORDER_2026.replace(/00003 .*\r\n/, ''),
    })
    await run('install', '--from', directory, '--accept-unverified')
    expect(await run('diff', 'FY2025', '2026')).toMatchObject({
      from: 'FY2025',
      to: 'FY2026',
      counts: { billableAdded: 1, billableRemoved: 0, headersAdded: 0, titlesRevised: 0 },
      billable: { added: [{ code: 'A00.9', title: 'Cholera, unspecified' }] },
    })
  })
})

describe('dictionary build and coverage', () => {
  it('pass on the year, or none', async () => {
    const { run, seen } = await commandLine()
    expect(await run('build', 'FY2026')).toEqual([{ release: 'FY2026', phrases: 3 }])
    await run('build')
    expect(seen.built.map(work => work.fiscalYear)).toEqual([2026, null])
    expect(await run('coverage')).toEqual([{ chapter: '1', billable: 2, covered: 1 }])
  })
})

describe('wrong usage', () => {
  it.each([
    ['an unknown option', ['list', '--wrong']],
    ['a format nobody knows', ['list', '--format', 'xml']],
    ['a missing year', ['diff', 'FY2025']],
    ['an unknown command', ['remove']],
  ])("of %s is commander's error, left to main", async (_what, words) => {
    const { run } = await commandLine()
    await expect(run(...words)).rejects.toBeInstanceOf(CommanderError)
  })

  it('of a year that is none is ours', async () => {
    const { run } = await commandLine()
    await expect(run('verify', 'FY26')).rejects.toMatchObject({ code: 'usage' })
  })

  it('is explained by the help of every command', async () => {
    const { run, seen } = await commandLine(true)
    for (const name of ['install', 'list', 'build', 'verify', 'diff', 'coverage']) {
      await expect(run(name, '--help')).rejects.toMatchObject({ exitCode: 0 })
      expect(seen.out).toContain(`Usage: dictionary ${name}`)
    }
  })
})

describe('a table', () => {
  it('aligns words to the left and numbers to the right, and shows no trailing blanks', () => {
    expect(
      formatTable([
        { name: 'a', rows: 5, ok: true, note: null },
        { name: 'long name', rows: 12, ok: false, note: 'x' },
      ]),
    ).toBe('name       rows  ok   note\na             5  yes\nlong name    12  no   x\n')
  })

  it('without rows is empty', () => {
    expect(formatTable([])).toBe('')
  })
})
