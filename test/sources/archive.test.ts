/** ZIP archives: members are read in place, and what no publisher packs is refused. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ARCHIVE_LIMITS, openArchive } from '../../src/sources/archive.js'
import { bytesOf, collect } from './invented-files.js'
import { zipOf, type InventedMember } from './invented-zip.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chartcode-archive-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function write(bytes: Uint8Array): Promise<string> {
  const path = join(directory, 'archive.zip')
  await writeFile(path, bytes)
  return path
}
const open = async (members: readonly InventedMember[], limits = ARCHIVE_LIMITS) =>
  openArchive(await write(zipOf(members)), 'archive.zip', limits)

describe('an archive', () => {
  it('lists its members with size, and reads each as often as wanted', async () => {
    const archive = await open([
      { name: 'release/', content: '' },
      { name: 'release/order.txt', content: 'five!' },
    ])
    expect(archive.members.map(({ name, bytes }) => ({ name, bytes }))).toEqual([
      { name: 'release/order.txt', bytes: 5 },
    ])
    for (const time of [1, 2]) {
      const chunks = await collect(archive.members[0]?.open() ?? bytesOf(''))
      expect([time, Buffer.concat(chunks).toString()]).toEqual([time, 'five!'])
    }
    archive.close()
  })

  it.each<[string, InventedMember, RegExp]>([
    ['a name that climbs out', { name: '../order.txt', content: 'x' }, /invalid relative path/],
    [
      'a name that climbs out further in',
      { name: 'a/../../order.txt', content: 'x' },
      /invalid relative path/,
    ],
    ['an absolute name', { name: '/etc/order.txt', content: 'x' }, /absolute path/],
    ['a name with a drive letter', { name: 'C:/order.txt', content: 'x' }, /absolute path/],
    ['a name with backslashes', { name: '..\\order.txt', content: 'x' }, /invalid characters/],
    ['a symbolic link', { name: 'order.txt', content: '/etc/passwd', symbolicLink: true }, /symbolic link/],
    ['an encrypted member', { name: 'order.txt', content: 'x', encrypted: true }, /encrypted/],
    ['a bomb', { name: 'order.txt', content: Buffer.alloc(4 * 1024 * 1024) }, /compressed \d+ : 1/],
  ])('is refused with %s', async (_what, member, message) => {
    await expect(open([member])).rejects.toMatchObject({ code: 'release-unreadable' })
    await expect(open([member])).rejects.toThrow(message)
  })

  const two = [
    { name: 'a', content: 'xxxx' },
    { name: 'b', content: 'xxxx' },
  ]
  it.each([
    ['more members', { maxMembers: 1 }, /2 members, at most 1/],
    ['a larger member', { maxMemberBytes: 3 }, /unpacks to 4 bytes/],
    ['more bytes in all', { maxTotalBytes: 7 }, /more than 7 bytes/],
  ])('is refused with %s than the limit', async (_what, limit, message) => {
    await expect(open(two, { ...ARCHIVE_LIMITS, ...limit })).rejects.toThrow(message)
  })

  it('whose member is larger than it claims is refused while it is read', async () => {
    const archive = await open([{ name: 'a', content: 'xxxxxxxx', claimedBytes: 4 }])
    await expect(collect(archive.members[0]?.open() ?? bytesOf(''))).rejects.toThrow(/member a is damaged/)
    archive.close()
  })

  it('whose member does not have the checksum of the archive is refused while it is read', async () => {
    const archive = await open([{ name: 'a', content: 'xxxxxxxx', claimedChecksum: 1 }])
    await expect(collect(archive.members[0]?.open() ?? bytesOf(''))).rejects.toThrow(/member a is damaged/)
    archive.close()
  })

  it('that is cut off, or is no archive, is refused', async () => {
    const whole = zipOf(two)
    for (const bytes of [whole.subarray(0, whole.length - 8), Buffer.from('PK but no more')]) {
      await expect(openArchive(await write(bytes), 'archive.zip')).rejects.toThrow(/not a readable ZIP/)
    }
  })
})
