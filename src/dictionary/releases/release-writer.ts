/**
 * Writes parts of a release so that an interrupted installation leaves nothing half: the parts go to
 * a staging directory beside the releases; `commit` completes it with the parts that stay, and swaps
 * it for the release's directory by rename. Whatever stops before that leaves the old release as it was.
 * Rows are written in the order they come, keys in the order of the model: the bytes are canonical.
 */
import { createHash, type Hash } from 'node:crypto'
import {
  copyFile,
  link,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  writeFile,
  type FileHandle,
} from 'node:fs/promises'
import { join } from 'node:path'

import { createOwnDirectory } from './data-directory.js'
import { releaseName } from './fiscal-year.js'
import { isRunning, withInstallLock } from './install-lock.js'
import {
  formatReleaseRecord,
  makeReleaseRecord,
  type PartKind,
  type ReleasePart,
  type ReleaseRecord,
} from './release-record.js'
import { openRelease, partFile, previousName, releasesDirectory, type PartRows } from './release-store.js'

export interface StagedRelease {
  readonly fiscalYear: number
  readonly openPart: <Kind extends PartKind>(kind: Kind) => Promise<PartWriter<PartRows[Kind]>>
  /** Makes the parts the release's, beside those of earlier installations. */
  readonly commit: (parts: readonly ReleasePart[]) => Promise<ReleaseRecord>
  readonly abort: () => Promise<void>
}

export interface PartWriter<Row> {
  readonly write: (row: Row) => Promise<void> | void
  readonly close: () => Promise<{ readonly rows: number; readonly canonicalSha256: string }>
  /** Closes the file without a result. */
  readonly abandon: () => Promise<void>
}

const STAGING = /^\.staging-FY\d{4}-(\d+)-/
/** Rows are joined to blocks of this size before they are written. */
const BLOCK_CHARACTERS = 256 * 1024

/** Opens a staging directory for one fiscal year. */
export async function stageRelease(dataDirectory: string, fiscalYear: number): Promise<StagedRelease> {
  const releases = releasesDirectory(dataDirectory)
  await createOwnDirectory(releases)
  const staging = await mkdtemp(join(releases, `.staging-${releaseName(fiscalYear)}-${process.pid}-`))
  const abort = (): Promise<void> => rm(staging, { recursive: true, force: true })
  return {
    fiscalYear,
    openPart: async kind => partWriter(await open(join(staging, partFile(kind)), 'wx', 0o600)),
    commit: async parts => {
      try {
        return await withInstallLock(releases, () => commit(dataDirectory, fiscalYear, staging, parts))
      } finally {
        await abort()
      }
    },
    abort,
  }
}

function partWriter<Row>(file: FileHandle): PartWriter<Row> {
  const hash = createHash('sha256')
  let rows = 0
  let block = ''
  return {
    write: row => {
      rows += 1
      block += `${JSON.stringify(row)}\n`
      if (block.length < BLOCK_CHARACTERS) return undefined
      const full = block
      block = ''
      return writeBlock(file, hash, full)
    },
    close: async () => {
      await writeBlock(file, hash, block)
      await file.sync()
      await file.close()
      return { rows, canonicalSha256: hash.digest('hex') }
    },
    abandon: () => file.close(),
  }
}

async function writeBlock(file: FileHandle, hash: Hash, block: string): Promise<void> {
  const bytes = Buffer.from(block, 'utf8')
  hash.update(bytes)
  await file.writeFile(bytes)
}

async function commit(
  dataDirectory: string,
  fiscalYear: number,
  staging: string,
  parts: readonly ReleasePart[],
): Promise<ReleaseRecord> {
  const releases = releasesDirectory(dataDirectory)
  await sweep(releases, fiscalYear)
  const kept = await keepOtherParts(dataDirectory, fiscalYear, staging, parts)
  const record = makeReleaseRecord(fiscalYear, [...kept, ...parts])
  await writeFile(join(staging, 'release.json'), formatReleaseRecord(record), { mode: 0o600, flush: true })
  const target = join(releases, releaseName(fiscalYear))
  const previous = join(releases, previousName(fiscalYear))
  await rename(target, previous).catch(ignoreMissing)
  await rename(staging, target)
  await rm(previous, { recursive: true, force: true })
  return record
}

/** Brings the parts of the installed release that are not replaced into the staging directory. */
async function keepOtherParts(
  dataDirectory: string,
  fiscalYear: number,
  staging: string,
  parts: readonly ReleasePart[],
): Promise<ReleasePart[]> {
  const installed = await openRelease(dataDirectory, fiscalYear).catch(() => null)
  const replaced = new Set(parts.map(part => part.kind))
  const kept = installed?.record.parts.filter(part => !replaced.has(part.kind)) ?? []
  for (const part of kept) {
    const from = join(installed?.directory ?? '', partFile(part.kind))
    const to = join(staging, partFile(part.kind))
    await link(from, to).catch(() => copyFile(from, to))
  }
  return kept
}

/** Mends what an interrupted installation left: a release between its two names, dead staging directories. */
async function sweep(releases: string, fiscalYear: number): Promise<void> {
  const names = await readdir(releases)
  const previous = join(releases, previousName(fiscalYear))
  if (names.includes(previousName(fiscalYear))) {
    if (names.includes(releaseName(fiscalYear))) await rm(previous, { recursive: true, force: true })
    else await rename(previous, join(releases, releaseName(fiscalYear)))
  }
  for (const name of names) {
    const owner = STAGING.exec(name)?.[1]
    if (owner !== undefined && !isRunning(Number(owner))) {
      await rm(join(releases, name), { recursive: true, force: true })
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
