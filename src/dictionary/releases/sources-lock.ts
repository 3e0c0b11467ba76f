/**
 * `dictionaries/sources.lock.json`: the publishers' releases this project knows: addresses, sizes,
 * SHA-256, validity. Size and hash are facts about a publisher's file; where one is not known it is
 * left out, and what cannot be checked installs only when the user accepts that.
 */
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { ChartcodeError } from '../../model/errors.js'
import { SOURCE_KINDS } from '../../sources/identify.js'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.number().int().positive()
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

const lockedMember = z.strictObject({
  /** File name without directories: archives of different years nest differently. */
  name: z.string().min(1),
  kind: z.enum(SOURCE_KINDS),
  bytes: bytes.optional(),
  sha256: sha256.optional(),
})

const lockedArchive = z.strictObject({
  /** A ZIP, or the one member itself; left out where the publisher's address is not known. */
  address: z.url({ protocol: /^https$/ }).optional(),
  bytes: bytes.optional(),
  sha256: sha256.optional(),
  members: z.array(lockedMember),
})

const lockedRelease = z.strictObject({
  fiscalYear: z.number().int(),
  validFrom: day,
  validUntil: day,
  archives: z.array(lockedArchive),
})

const sourcesLock = z.strictObject({
  format: z.literal(1),
  system: z.literal('icd10cm'),
  releases: z.array(lockedRelease).min(1),
})

export type LockedMember = z.infer<typeof lockedMember>
export type LockedArchive = z.infer<typeof lockedArchive>
export type LockedRelease = z.infer<typeof lockedRelease>
export type SourcesLock = z.infer<typeof sourcesLock>

/** The lock file of this installation: beside the package that this module belongs to. */
export function sourcesLockPath(): string {
  let directory = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const path = join(directory, 'dictionaries', 'sources.lock.json')
    if (existsSync(path)) return path
    const above = dirname(directory)
    if (above === directory) {
      throw new ChartcodeError(
        'file-missing',
        'dictionaries/sources.lock.json is missing: install chartcode again',
      )
    }
    directory = above
  }
}

/** Reads and checks the lock file. Throws `file-missing` or `release-unreadable`. */
export async function readSourcesLock(path: string = sourcesLockPath()): Promise<SourcesLock> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ChartcodeError('file-missing', `cannot read ${path}`, { cause: error })
  })
  return parseSourcesLock(text, path)
}

export function parseSourcesLock(text: string, path: string): SourcesLock {
  try {
    return sourcesLock.parse(JSON.parse(text))
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : 'not JSON'
    throw new ChartcodeError('release-unreadable', `${path}: ${what}`, { cause: error })
  }
}

/** The member with this hash, whatever the file is called. */
export function lockedMemberByHash(
  lock: SourcesLock,
  hash: string,
): { readonly fiscalYear: number; readonly member: LockedMember } | null {
  for (const { fiscalYear, archives } of lock.releases) {
    const member = archives.flatMap(archive => archive.members).find(known => known.sha256 === hash)
    if (member !== undefined) return { fiscalYear, member }
  }
  return null
}

/** The hash that a file of this name should have, if the lock knows one. */
export function lockedMemberByName(lock: SourcesLock, baseName: string): LockedMember | null {
  const members = lock.releases.flatMap(release => release.archives.flatMap(archive => archive.members))
  return members.find(member => member.name === baseName && member.sha256 !== undefined) ?? null
}

export function isLockedArchive(lock: SourcesLock, hash: string): boolean {
  return lock.releases.some(release => release.archives.some(archive => archive.sha256 === hash))
}

/** Throws `release-missing` for a year the lock file does not name. */
export function findLockedRelease(lock: SourcesLock, fiscalYear: number): LockedRelease {
  const release = lock.releases.find(known => known.fiscalYear === fiscalYear)
  if (release !== undefined) return release
  const known = lock.releases.map(each => `FY${each.fiscalYear}`).join(', ')
  throw new ChartcodeError(
    'release-missing',
    `no address is known for FY${fiscalYear} (known: ${known}): install its files with --from`,
  )
}

/** The newest year the lock file names: the release in force. */
export function newestLockedYear(lock: SourcesLock): number {
  return Math.max(...lock.releases.map(release => release.fiscalYear))
}
