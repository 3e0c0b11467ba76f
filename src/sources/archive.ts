/**
 * The members of a publisher's ZIP, read where they lie: nothing is unpacked to disk.
 * Refused with `release-unreadable`: names that leave the archive (`../`, absolute, backslashes),
 * symbolic links, encrypted members, more members or bytes than a release has, and a compression
 * ratio that no text reaches (a bomb). yauzl checks that a member inflates to the size it declares,
 * its checksum is checked here.
 */
import { crc32 } from 'node:zlib'

import * as yauzl from 'yauzl'

import { ChartcodeError } from '../model/errors.js'
import type { ByteSource } from './byte-source.js'

export interface ArchiveMember {
  readonly name: string
  readonly bytes: number
  /** Throws `release-unreadable` while reading if the member is damaged. */
  readonly open: () => ByteSource
}

/** Open until `close`; members can be read any number of times. */
export interface Archive {
  readonly members: readonly ArchiveMember[]
  readonly close: () => void
}

export interface ArchiveLimits {
  readonly maxMembers: number
  readonly maxMemberBytes: number
  readonly maxTotalBytes: number
  readonly maxRatio: number
}

/** The largest archive of CDC has 30 members and 80 MB; order files deflate 7 : 1, XML 12 : 1. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxMembers: 1000,
  maxMemberBytes: 128 * 1024 * 1024,
  maxTotalBytes: 512 * 1024 * 1024,
  maxRatio: 100,
}
/** Below this size a high ratio harms nobody: a page of blanks deflates a thousandfold. */
const RATIO_MATTERS_FROM = 1024 * 1024
const UNIX_FILE_TYPE = 0o170000
const UNIX_SYMBOLIC_LINK = 0o120000

/** Opens a ZIP. `name` is what messages call it. */
export async function openArchive(
  path: string,
  name: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<Archive> {
  const refuse = (what: string, cause?: unknown): never => {
    throw new ChartcodeError('release-unreadable', `${name}: ${what}`, { cause })
  }
  let zip: yauzl.ZipFile | undefined
  try {
    zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true })
    const members = await listMembers(zip, limits, refuse)
    const opened = zip
    return { members, close: opened.close.bind(opened) }
  } catch (error) {
    zip?.close()
    if (error instanceof ChartcodeError) throw error
    return refuse(`not a readable ZIP: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}

async function listMembers(
  zip: yauzl.ZipFile,
  limits: ArchiveLimits,
  refuse: (what: string, cause?: unknown) => never,
): Promise<ArchiveMember[]> {
  if (zip.entryCount > limits.maxMembers) refuse(`${zip.entryCount} members, at most ${limits.maxMembers}`)
  const members: ArchiveMember[] = []
  let total = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    checkEntry(entry, limits, refuse)
    total += entry.uncompressedSize
    if (total > limits.maxTotalBytes) refuse(`unpacks to more than ${limits.maxTotalBytes} bytes`)
    members.push({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      open: () => readMember(zip, entry, refuse),
    })
  }
  return members
}

function checkEntry(entry: yauzl.Entry, limits: ArchiveLimits, refuse: (what: string) => never): void {
  const { fileName, uncompressedSize, compressedSize } = entry
  if (entry.isEncrypted()) refuse(`member ${fileName} is encrypted`)
  if (((entry.externalFileAttributes >>> 16) & UNIX_FILE_TYPE) === UNIX_SYMBOLIC_LINK) {
    refuse(`member ${fileName} is a symbolic link`)
  }
  if (uncompressedSize > limits.maxMemberBytes) {
    refuse(`member ${fileName} unpacks to ${uncompressedSize} bytes, at most ${limits.maxMemberBytes}`)
  }
  const ratio = uncompressedSize / Math.max(1, compressedSize)
  if (uncompressedSize > RATIO_MATTERS_FROM && ratio > limits.maxRatio) {
    refuse(`member ${fileName} is compressed ${Math.round(ratio)} : 1, no text is`)
  }
}

async function* readMember(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  refuse: (what: string, cause?: unknown) => never,
): AsyncGenerator<Uint8Array> {
  let checksum = 0
  const damaged = (cause?: unknown): never => refuse(`member ${entry.fileName} is damaged`, cause)
  const stream = await zip.openReadStreamPromise(entry).catch(damaged)
  stream.on('error', () => undefined)
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  try {
    for (;;) {
      const next = await chunks.next().catch(damaged)
      if (next.done === true) break
      checksum = crc32(next.value, checksum)
      yield next.value
    }
  } finally {
    stream.destroy()
  }
  if (checksum !== entry.crc32) damaged()
}
