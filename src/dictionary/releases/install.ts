/**
 * `dictionary install`: files → judged → the best for each part of each year → staged → committed.
 * All years are staged before the first is committed, so a file that cannot be read changes nothing.
 * The report accounts for every file found: installed, skipped (and why), or no file of a release.
 */
import { ChartcodeError } from '../../model/errors.js'
import { releaseName, type ReleaseName } from './fiscal-year.js'
import { gatherSources, type PassedOver, type SourceFile } from './gather-sources.js'
import { judgeSource, type Candidate, type Refusal } from './judge-source.js'
import type { ReleasePart, ReleaseRecord } from './release-record.js'
import { listReleases } from './release-store.js'
import { stageRelease, type StagedRelease } from './release-writer.js'
import type { SourcesLock } from './sources-lock.js'
import { writeParts } from './write-part.js'

export interface InstallOptions {
  readonly dataDirectory: string
  readonly lock: SourcesLock
  readonly acceptUnverified?: boolean
  /** Only these years; with exactly one, also the year of files that do not say theirs. */
  readonly fiscalYears?: readonly number[]
  /** The paths were downloaded from the lock file's addresses. */
  readonly fromPublisher?: boolean
  /** Told of every step, for the progress line. */
  readonly onProgress?: (step: string) => void
}

export interface InstallReport {
  readonly installed: readonly (ReleasePart & { readonly release: ReleaseName })[]
  /** Files of a release that were not installed, with the reason. */
  readonly skipped: readonly PassedOver[]
  readonly ignored: readonly PassedOver[]
  readonly releases: readonly ReleaseRecord[]
}

/**
 * Installs what the paths hold. Throws if nothing can be installed: `release-mismatch` for a known
 * file with another hash, `release-unverified`, `release-unreadable`, `file-missing`.
 */
export async function installFromPaths(
  paths: readonly string[],
  options: InstallOptions,
): Promise<InstallReport> {
  const sources = await gatherSources(paths)
  try {
    return await installSources(sources.files, sources.passedOver, options)
  } finally {
    sources.close()
  }
}

async function installSources(
  files: readonly SourceFile[],
  passedOver: readonly PassedOver[],
  options: InstallOptions,
): Promise<InstallReport> {
  const { candidates, refusals, ignored } = await judgeAll(files, options)
  const mismatch = refusals.find(refusal => refusal.code === 'release-mismatch')
  if (mismatch !== undefined) throw refusalError(mismatch)
  const { chosen, skipped } = choose(candidates, await listReleases(options.dataDirectory), options)
  const allSkipped = [...refusals.map(({ file, reason }) => ({ name: file.name, reason })), ...skipped]
  if (chosen.length === 0) throw nothingToInstall(refusals, allSkipped)
  const { installed, releases } = await writeAll(chosen, options)
  return { installed, skipped: allSkipped, ignored: [...passedOver, ...ignored], releases }
}

async function judgeAll(
  files: readonly SourceFile[],
  options: InstallOptions,
): Promise<{ candidates: Candidate[]; refusals: Refusal[]; ignored: PassedOver[] }> {
  const years = options.fiscalYears ?? []
  const judge = {
    lock: options.lock,
    acceptUnverified: options.acceptUnverified ?? false,
    fromPublisher: options.fromPublisher ?? false,
    assumeFiscalYear: years.length === 1 ? (years[0] ?? null) : null,
  }
  const candidates: Candidate[] = []
  const refusals: Refusal[] = []
  const ignored: PassedOver[] = []
  for (const file of files) {
    const judged = await judgeSource(file, judge)
    if (judged.verdict === 'candidate') candidates.push(judged)
    else if (judged.verdict === 'refused') refusals.push(judged)
    else ignored.push({ name: file.name, reason: judged.reason })
  }
  return { candidates, refusals, ignored }
}

/** Verified before accepted, published before reconstructed. */
function rank({ origin, verified }: Pick<Candidate, 'origin' | 'verified'>): number {
  return origin === 'reconstructed' ? 0 : verified ? 2 : 1
}

/** One file for each part of each year; a reconstructed file never replaces a publisher's. */
function choose(
  candidates: readonly Candidate[],
  releases: readonly ReleaseRecord[],
  options: InstallOptions,
): { chosen: Candidate[]; skipped: PassedOver[] } {
  const best = new Map<string, Candidate>()
  const skipped: PassedOver[] = []
  const skip = (candidate: Candidate, reason: string): number =>
    skipped.push({ name: candidate.file.name, reason })
  for (const candidate of candidates) {
    const { fiscalYear, kind } = candidate
    const wanted = options.fiscalYears ?? []
    const release = releases.find(known => known.fiscalYear === fiscalYear)
    const part = release?.parts.find(known => known.kind === kind)
    const key = `${fiscalYear} ${kind}`
    const other = best.get(key)
    if (wanted.length > 0 && !wanted.includes(fiscalYear))
      skip(candidate, `of ${releaseName(fiscalYear)}, not asked for`)
    else if (candidate.origin === 'reconstructed' && part?.origin === 'publisher') {
      skip(candidate, `the publisher's ${kind} of ${releaseName(fiscalYear)} is installed and stays`)
    } else if (other !== undefined && rank(other) >= rank(candidate)) {
      skip(candidate, `${other.file.name} is taken for the ${kind} of ${releaseName(fiscalYear)}`)
    } else {
      if (other !== undefined)
        skip(other, `${candidate.file.name} is taken for the ${kind} of ${releaseName(fiscalYear)}`)
      best.set(key, candidate)
    }
  }
  return { chosen: [...best.values()], skipped }
}

async function writeAll(
  chosen: readonly Candidate[],
  options: InstallOptions,
): Promise<Pick<InstallReport, 'installed' | 'releases'>> {
  const staged: { release: StagedRelease; parts: ReleasePart[] }[] = []
  try {
    const years = [...new Set(chosen.map(candidate => candidate.fiscalYear))].sort(
      (left, right) => left - right,
    )
    for (const fiscalYear of years) {
      const release = await stageRelease(options.dataDirectory, fiscalYear)
      const parts: ReleasePart[] = []
      staged.push({ release, parts })
      for (const candidate of chosen.filter(each => each.fiscalYear === fiscalYear)) {
        options.onProgress?.(
          `${releaseName(fiscalYear)}: reading ${candidate.kind} from ${candidate.file.name}`,
        )
        parts.push(...(await writeParts(candidate, release)))
      }
    }
    const installed: InstallReport['installed'][number][] = []
    const releases: ReleaseRecord[] = []
    for (const { release, parts } of staged) {
      releases.push(await release.commit(parts))
      installed.push(...parts.map(part => ({ release: releaseName(release.fiscalYear), ...part })))
    }
    return { installed, releases }
  } finally {
    for (const { release } of staged) await release.abort()
  }
}

function refusalError({ code, file, reason }: Refusal): ChartcodeError {
  return new ChartcodeError(code, `${file.name}: ${reason}`)
}

function nothingToInstall(refusals: readonly Refusal[], skipped: readonly PassedOver[]): ChartcodeError {
  const refusal = refusals[0]
  if (refusal !== undefined) return refusalError(refusal)
  const reason = skipped[0]
  if (reason !== undefined) return new ChartcodeError('usage', `${reason.name}: ${reason.reason}`)
  return new ChartcodeError(
    'release-unreadable',
    'no file of an ICD-10-CM release found: give the order file (icd10cm-order-YYYY.txt), the XML files, or the ZIP',
  )
}
