/**
 * The dictionaries of this installation: which fiscal years there are, which one answers for a date of
 * service, and their snapshots, built when they are missing. Installed releases go before the lexicon:
 * only where none is installed does the lexicon alone answer, for every year it knows.
 * The compiler and the release store are loaded only when a snapshot has to be built.
 */
import path from 'node:path'
import { chooseRelease } from '../dictionary/releases/choose-release.js'
import { dataDirectoryPath } from '../dictionary/releases/data-directory.js'
import type { BuiltSnapshot } from '../dictionary/build-snapshot.js'
import type { Snapshot } from '../dictionary/snapshot/decode.js'
import { findInstalledYears } from './installed-years.js'
import { DICTIONARIES, EMBEDDED_SNAPSHOTS } from './package-root.js'
import { readSnapshot } from './read-snapshot.js'
import { hashOfTables, isBuilt, snapshotFile, type SnapshotPlace } from '../dictionary/snapshot-place.js'

/** Fiscal years that the lexicon's `from` and `until` distinguish; the last is the one in force. */
export const LEXICON_YEARS: readonly number[] = [2025, 2026, 2027]

export interface AvailableYear {
  readonly fiscalYear: number
  readonly place: SnapshotPlace
  readonly isInstalled: boolean
}

export interface ChosenYear {
  readonly fiscalYear: number
  /** The date belongs to another year, whose release is not installed. */
  readonly substituted: boolean
  readonly wanted: number | null
}

export interface Dictionaries {
  readonly dataDirectory: string
  /** SHA-256 of the hand-written tables. */
  readonly tablesHash: string
  readonly years: readonly AvailableYear[]
  readonly choose: (dateOfService: string | null) => ChosenYear
  /** Opens the year's snapshot, building it first where there is none. */
  readonly open: (fiscalYear: number) => Promise<Snapshot>
  /** Compiles the year's snapshot anew. */
  readonly build: (fiscalYear: number) => Promise<BuiltSnapshot>
}

export interface DictionariesOptions {
  readonly dataDirectory?: string | undefined
  /** Told before a snapshot is built, which takes seconds. */
  readonly onBuild?: (fiscalYear: number) => void
}

export function findDictionaries(options: DictionariesOptions = {}): Promise<Dictionaries> {
  const dataDirectory = dataDirectoryPath({ option: options.dataDirectory })
  const tablesHash = hashOfTables(DICTIONARIES)
  return Promise.resolve(assemble(options, dataDirectory, tablesHash))
}

/** The embedded snapshots, whatever is installed: for the build of the package. */
export function embeddedYears(tablesHash: string): AvailableYear[] {
  return LEXICON_YEARS.map(fiscalYear => ({
    fiscalYear,
    place: { directory: EMBEDDED_SNAPSHOTS, fiscalYear, tablesHash, releaseHash: 'lexicon' },
    isInstalled: false,
  }))
}

function assemble(options: DictionariesOptions, dataDirectory: string, tablesHash: string): Dictionaries {
  const years = findYears(dataDirectory, tablesHash)
  const known = years.map(year => year.fiscalYear)
  const yearOf = (fiscalYear: number): AvailableYear => {
    const year = years.find(candidate => candidate.fiscalYear === fiscalYear)
    if (year === undefined) throw new RangeError(`FY${fiscalYear} is not among the chosen years`)
    return year
  }
  const build = (fiscalYear: number) => buildYear(yearOf(fiscalYear), dataDirectory)
  return {
    dataDirectory,
    tablesHash,
    years,
    choose: date => chooseRelease(date, known),
    open: async fiscalYear => {
      const { place } = yearOf(fiscalYear)
      if (isBuilt(place)) return readSnapshot(snapshotFile(place))
      options.onBuild?.(fiscalYear)
      return readSnapshot((await build(fiscalYear)).file)
    },
    build,
  }
}

export async function buildYear(
  { fiscalYear, place, isInstalled }: AvailableYear,
  dataDirectory: string,
): Promise<BuiltSnapshot> {
  const [{ buildSnapshot }, { openRelease }] = await Promise.all([
    import('../dictionary/build-snapshot.js'),
    import('../dictionary/releases/release-store.js'),
  ])
  const release = isInstalled ? await openRelease(dataDirectory, fiscalYear) : undefined
  return buildSnapshot({ dictionaries: DICTIONARIES, place, release })
}

function findYears(dataDirectory: string, tablesHash: string): AvailableYear[] {
  const installed = findInstalledYears(dataDirectory).map(({ fiscalYear, hash }) => {
    const place = {
      directory: path.join(dataDirectory, 'snapshots'),
      fiscalYear,
      tablesHash,
      releaseHash: hash,
    }
    return { fiscalYear, place, isInstalled: true }
  })
  return installed.length > 0 ? installed : embeddedYears(tablesHash)
}
