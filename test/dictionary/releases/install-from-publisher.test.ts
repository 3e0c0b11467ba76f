/** Installing from the publisher's address: the network is played by a table of responses. */
import { describe, expect, it } from 'vitest'

import type { Fetch } from '../../../src/dictionary/releases/download.js'
import { installFromPublisher } from '../../../src/dictionary/releases/install-from-publisher.js'
import type { SourcesLock } from '../../../src/dictionary/releases/sources-lock.js'
import { zipOf } from '../../sources/invented-zip.js'
import {
  filesBelow,
  INDEX_2026,
  lockOf,
  ORDER_2026,
  sha256Of,
  temporaryDirectory,
} from './invented-release.js'

const CODES = 'https://publisher.example/2026/code%20descriptions-2026.zip'
const TABLES = 'https://publisher.example/2026/table-and-index-2026.zip'
const codesZip = zipOf([{ name: 'x/icd10cm-order-2026.txt', content: ORDER_2026 }])
const tablesZip = zipOf([{ name: 'icd10cm-index-2026.xml', content: INDEX_2026 }])

const order = ['icd10cm-order-2026.txt', 'order', ORDER_2026] as const
const LOCK = lockOf(2026, [
  { address: CODES, bytes: codesZip.length, sha256: sha256Of(codesZip), files: [order] },
  { address: TABLES, files: [] },
])

function network(answers: Readonly<Record<string, Uint8Array | number>>): Fetch {
  return address => {
    const answer = answers[address]
    if (answer === undefined)
      return Promise.reject(new TypeError('fetch failed', { cause: new Error('no route') }))
    if (typeof answer === 'number') return Promise.resolve(new Response(null, { status: answer }))
    return Promise.resolve(new Response(new Uint8Array(answer)))
  }
}

async function install(
  answers: Parameters<typeof network>[0],
  lock: SourcesLock = LOCK,
  acceptUnverified = false,
) {
  const dataDirectory = await temporaryDirectory()
  const report = installFromPublisher([2026], {
    dataDirectory,
    lock,
    acceptUnverified,
    fetch: network(answers),
  })
  return { dataDirectory, report }
}

describe("an archive from the publisher's address", () => {
  it('with the size and hash of the lock file is installed and verified', async () => {
    const { dataDirectory, report } = await install({ [CODES]: codesZip })
    expect((await report).installed).toMatchObject([
      { kind: 'order', verified: true, sourceName: 'code descriptions-2026.zip!icd10cm-order-2026.txt' },
    ])
    expect((await filesBelow(dataDirectory)).every(path => path.startsWith('releases/'))).toBe(true)
  })

  it('of unknown hash is not even fetched, and the report says why', async () => {
    const { report } = await install({ [CODES]: codesZip })
    expect((await report).skipped).toEqual([
      { name: TABLES, reason: expect.stringMatching(/--accept-unverified/) as string },
    ])
  })

  it('of unknown hash is installed unverified if the user accepts that', async () => {
    const { report } = await install({ [CODES]: codesZip, [TABLES]: tablesZip }, LOCK, true)
    expect((await report).installed.map(part => [part.kind, part.verified])).toEqual([
      ['order', true],
      ['index', false],
    ])
  })

  const longer = Buffer.concat([codesZip, Buffer.from(' ')])
  const changed = Buffer.from(codesZip).fill(1, 40, 41)
  it.each([
    ['another size', longer, /bytes, the lock file says/],
    ['another hash', changed, /SHA-256 [0-9a-f]{64}, the lock file says/],
  ])('with %s is refused, with a way to go on, and leaves nothing', async (_what, bytes, message) => {
    const { dataDirectory, report } = await install({ [CODES]: bytes })
    await expect(report).rejects.toMatchObject({ code: 'release-mismatch' })
    await expect(report).rejects.toThrow(message)
    await expect(report).rejects.toThrow(/--from/)
    expect(await filesBelow(dataDirectory)).toEqual([])
  })

  it('is refused if a known member has another hash, whatever the user accepts', async () => {
    const lock = lockOf(2026, [{ address: CODES, files: [order] }])
    const altered = zipOf([{ name: 'icd10cm-order-2026.txt', content: ORDER_2026.replace('first', 'worst') }])
    const { report } = await install({ [CODES]: altered }, lock, true)
    await expect(report).rejects.toMatchObject({ code: 'release-mismatch' })
  })

  it.each([
    ['does not answer', {}, /no route/],
    ['is gone', { [CODES]: 404 }, /HTTP 404/],
  ])('that %s is unavailable, and the message says how to go on', async (_what, answers, message) => {
    const { report } = await install(answers)
    await expect(report).rejects.toMatchObject({ code: 'release-unavailable' })
    await expect(report).rejects.toThrow(message)
    await expect(report).rejects.toThrow(/--from FILE/)
  })
})

describe('a year', () => {
  it('none of whose archives can be verified needs the acceptance of the user', async () => {
    const { report } = await install({}, lockOf(2026, [{ address: TABLES, files: [] }]))
    await expect(report).rejects.toMatchObject({ code: 'release-unverified' })
  })

  it('without an address can only be installed from files', async () => {
    const { report } = await install({}, lockOf(2026, [{ files: [order] }]))
    await expect(report).rejects.toThrow(/no address of FY2026 is known: install its files with --from/)
  })

  it('whose one file stands at its own address is verified by the hash of the file', async () => {
    const address = 'https://publisher.example/2026/icd10cm-order-2026.txt'
    const { report } = await install(
      { [address]: Buffer.from(ORDER_2026) },
      lockOf(2026, [{ address, files: [order] }]),
    )
    expect((await report).installed).toMatchObject([{ kind: 'order', verified: true }])
  })
})
