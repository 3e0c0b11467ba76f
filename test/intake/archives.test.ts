/** gzip and zip: what honest archives hold comes out; bombs, lies and names that lead elsewhere are refused. */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { outcomeOf, readInput } from '../support/read-input.js'
import { zipOf, type InventedMember } from '../sources/invented-zip.js'
import { file, temporaryDirectory } from '../cli/run-program.js'

const line = (id: string): string => `${JSON.stringify({ id, text: 'Gout.' })}\n`

/** Notes and codes of errors, each with the place that an error record names. */
async function readZip(content: Uint8Array, name = 'night.zip'): Promise<readonly (string | undefined)[]> {
  return (await readInput('night.zip', content, { path: file(name, content) })).map(outcomeOf)
}

describe('a gzip stream', () => {
  it('is read as what its name says is inside', async () => {
    expect(await readInput('a.ndjson.gz', gzipSync(line('1') + line('2')))).toMatchObject([
      { id: '1' },
      { id: '2' },
    ])
    expect(await readInput('a.txt.gz', gzipSync('Gout.'))).toEqual([{ id: 'a.txt.gz', text: 'Gout.' }])
    expect(await readInput('a.hl7.GZ', gzipSync('MSH|^~\\&|A\r'))).toMatchObject([
      { line: 1, error: { code: 'input-message' } },
    ])
  })

  it('of several parts one behind another is read whole', async () => {
    const parts = Buffer.concat([gzipSync(line('1')), gzipSync(line('2'))])
    expect(await readInput('a.ndjson.gz', parts)).toHaveLength(2)
  })

  it.each([
    ['that is cut', gzipSync(line('1').repeat(1000)).subarray(0, -20)],
    ['that is none', Buffer.from('no gzip')],
    ['with a wrong checksum', Buffer.concat([gzipSync(line('1')).subarray(0, -8), Buffer.alloc(8)])],
  ])('%s is refused', async (_, bytes) => {
    await expect(readInput('a.ndjson.gz', bytes)).rejects.toMatchObject({ code: 'input-archive' })
  })

  it('in a gzip stream is refused', async () => {
    for (const name of ['a.txt.gz.gz', 'a.zip.gz'])
      await expect(readInput(name, gzipSync(gzipSync('x')))).rejects.toThrow(/an archive in an archive/)
  })

  it('that unpacks a thousandfold is stopped soon after 64 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))
    const started = performance.now()
    await expect(readInput('a.ndjson.gz', bomb)).rejects.toThrow(/more than 200 times its size/)
    expect(performance.now() - started).toBeLessThan(4000)
  })

  it('of a small note that deflates a thousandfold is no bomb', async () => {
    expect(await readInput('a.txt.gz', gzipSync(`Gout.${' '.repeat(1_000_000)}`))).toHaveLength(1)
  })
})

describe('a zip', () => {
  it('is read member by member, each by its own ending, and errors name the member', async () => {
    const content = zipOf([
      { name: 'ward/', content: '' },
      { name: 'ward/a.txt', content: 'Gout.' },
      { name: 'b.ndjson', content: `${line('b1')}no json\n` },
      { name: 'readme.md', content: 'not a note' },
      { name: 'ä.csv', content: 'id,text\nc1,Asthma.\n' },
    ])
    const zip = file('night.zip', content)
    expect(await readInput('night.zip', content, { path: zip })).toEqual([
      { id: 'night.zip/ward/a.txt', text: 'Gout.' },
      { id: 'b1', text: 'Gout.' },
      { line: 2, error: expect.objectContaining({ code: 'input-line' }) as unknown },
      { id: 'c1', text: 'Asthma.' },
    ])
  })

  const member = (name: string, more: Partial<InventedMember> = {}): InventedMember => ({
    name,
    content: 'Gout.',
    ...more,
  })
  const REFUSED: readonly (readonly [string, InventedMember])[] = [
    ['a path that climbs', member('../../etc/a.txt')],
    ['a path that climbs in the middle', member('a/../../b.txt')],
    ['an absolute path', member('/etc/a.txt')],
    ['a drive letter', member('C:/a.txt')],
    ['a backslash', member('..\\a.txt')],
    ['NUL in its name', member('a\0b.txt')],
    ['the type of a symbolic link', member('a.txt', { symbolicLink: true })],
    ['encryption', member('a.txt', { encrypted: true })],
    ['the ending of an archive', member('a.zip')],
    ['the ending of a gzip stream', member('a.ndjson.gz')],
    ['a wrong checksum', member('a.txt', { claimedChecksum: 1 })],
    ['a size that is too small', member('a.txt', { claimedBytes: 2 })],
    ['a size that is too large', member('a.txt', { claimedBytes: 2000 })],
    ['a thousandfold ratio', member('a.txt', { content: Buffer.alloc(70 * 1024 * 1024) })],
  ]

  it.each(REFUSED)('whose member has %s: that member is an error, the others are read', async (_, bad) => {
    const started = performance.now()
    expect(await readZip(zipOf([member('1.txt'), bad, member('2.txt')]))).toEqual([
      'Gout.',
      'input-archive',
      'Gout.',
    ])
    expect(performance.now() - started).toBeLessThan(4000)
  })

  it('with names that differ in case only has two notes', async () => {
    const ids = await readInput('z.zip', Buffer.alloc(0), {
      path: file('z.zip', zipOf([member('A.txt'), member('a.txt')])),
    })
    expect(ids).toMatchObject([{ id: 'z.zip/A.txt' }, { id: 'z.zip/a.txt' }])
  })

  it('whose members lie over each other is refused as a whole', async () => {
    const one = zipOf([member('a.txt')])
    await expect(readZip(overlapping(one, 50))).rejects.toThrow(/lie over each other/)
  })

  it.each([
    ['that is none', Buffer.from('no zip at all, only words')],
    ['that is cut', zipOf([member('a.txt')]).subarray(0, -30)],
    ['with a directory that is cut', withEntries(zipOf([member('a.txt')]), 2)],
  ])('%s is refused', async (_, content) => {
    await expect(readZip(content)).rejects.toMatchObject({ code: 'input-archive' })
  })

  it('of more than a million members is refused at once', async () => {
    const started = performance.now()
    await expect(readZip(withEntries64(1_000_001))).rejects.toThrow(/has 1000001 members/)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('without notes is refused as empty', async () => {
    await expect(readZip(zipOf([member('readme.md')]))).rejects.toMatchObject({ code: 'input-empty' })
  })

  it('writes nothing to the disk', async () => {
    const directory = temporaryDirectory()
    const zip = path.join(directory, 'a.zip')
    writeFileSync(zip, zipOf([member('a.txt'), member('../b.txt')]))
    await readInput('a.zip', Buffer.alloc(0), { path: zip })
    expect(readdirSync(directory)).toEqual(['a.zip'])
    expect(statSync(path.join(directory, '..', 'b.txt'), { throwIfNoEntry: false })).toBeUndefined()
  })
})

/** The end record is 22 bytes: counts at 8 and 10, size of the directory at 12, its offset at 16. */
function withEntries(zip: Buffer, count: number): Buffer {
  const changed = Buffer.from(zip)
  changed.writeUInt16LE(count, changed.length - 14)
  changed.writeUInt16LE(count, changed.length - 12)
  return changed
}

/** The directory's one line again and again, all of the same bytes. */
function overlapping(zip: Buffer, count: number): Buffer {
  const end = zip.subarray(-22)
  const [size, offset] = [end.readUInt32LE(12), end.readUInt32LE(16)]
  const directory = zip.subarray(offset, offset + size)
  const copy = Buffer.from(end)
  copy.writeUInt32LE(size * count, 12)
  return withEntries(
    Buffer.concat([zip.subarray(0, offset), ...Array<Buffer>(count).fill(directory), copy]),
    count,
  )
}

/** An empty zip64 that claims members (APPNOTE.TXT 4.3.14 to 4.3.16). */
function withEntries64(count: number): Buffer {
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.fill(0xff, 8, 20)
  return Buffer.concat([end64, locator, end])
}
