/**
 * `dictionary install FY2027` without `--from`: the archives of the lock file are downloaded, checked
 * and then installed as if they had been given by path. All downloads of the command are complete and
 * checked before anything is installed. Archives whose SHA-256 the lock file does not know are
 * fetched only if the user accepts that; their members are still checked where the lock knows them.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { ChartcodeError } from '../../model/errors.js'
import { createOwnDirectory } from './data-directory.js'
import { downloadArchive, type Fetch } from './download.js'
import { releaseName } from './fiscal-year.js'
import type { PassedOver } from './gather-sources.js'
import { installFromPaths, type InstallOptions, type InstallReport } from './install.js'
import { findLockedRelease, type LockedArchive } from './sources-lock.js'

export interface PublisherInstallOptions extends Omit<InstallOptions, 'fiscalYears' | 'fromPublisher'> {
  readonly fetch?: Fetch
}

type AddressedArchive = LockedArchive & { readonly address: string }

/** Throws `release-missing`, `release-unavailable`, `release-mismatch` or `release-unverified`. */
export async function installFromPublisher(
  fiscalYears: readonly number[],
  options: PublisherInstallOptions,
): Promise<InstallReport> {
  const archives = fiscalYears.flatMap(year => addressedArchives(year, options))
  const wanted = archives.filter(archive => options.acceptUnverified === true || isVerifiable(archive))
  const skipped = archives
    .filter(archive => !wanted.includes(archive))
    .map(({ address }) => ({
      name: address,
      reason: 'its SHA-256 is not in the lock file: add --accept-unverified to download and install it',
    }))
  if (wanted.length === 0) throw nothingVerifiable(skipped)
  await createOwnDirectory(options.dataDirectory)
  const directory = await mkdtemp(join(options.dataDirectory, '.download-'))
  try {
    const paths: string[] = []
    for (const archive of wanted) {
      paths.push(
        await downloadArchive(archive, directory, {
          fetch: options.fetch ?? fetch,
          onProgress: options.onProgress,
        }),
      )
    }
    const report = await installFromPaths(paths, { ...options, fiscalYears, fromPublisher: true })
    return { ...report, skipped: [...skipped, ...report.skipped] }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function addressedArchives(fiscalYear: number, { lock }: InstallOptions): AddressedArchive[] {
  const { archives } = findLockedRelease(lock, fiscalYear)
  const addressed = archives.filter((archive): archive is AddressedArchive => archive.address !== undefined)
  if (addressed.length === 0) {
    const name = releaseName(fiscalYear)
    throw new ChartcodeError(
      'release-unavailable',
      `no address of ${name} is known: install its files with --from`,
    )
  }
  return addressed
}

/** The archive's own hash, or for a plain file the hash of its one member. */
function isVerifiable(archive: AddressedArchive): boolean {
  if (archive.sha256 !== undefined) return true
  const [only] = archive.members
  return !archive.address.endsWith('.zip') && only?.sha256 !== undefined
}

function nothingVerifiable(skipped: readonly PassedOver[]): ChartcodeError {
  const first = skipped[0]
  return new ChartcodeError(
    'release-unverified',
    first === undefined
      ? 'name a fiscal year, e.g. install FY2027'
      : `${first.name}: ${first.reason}. Its members are checked where the lock file knows them; ` +
          'or download it yourself, unpack it and give the files with --from',
  )
}
