/**
 * The dictionaries of this installation: which fiscal years there are, which one answers for a date of
 * service, and their snapshots, built when they are missing. Installed releases go before the lexicon:
 * only where none is installed does the lexicon alone answer, for every year it knows.
 */
import path from 'node:path'
import { chooseRelease } from '../dictionary/releases/choose-release.js'
import { dataDirectoryPath } from '../dictionary/releases/data-directory.js'
import { fiscalYearOf } from '../dictionary/releases/fiscal-year.js'
import { listReleases, openRelease } from '../dictionary/releases/release-store.js'
import { buildSnapshot, hashOfTables, isBuilt, snapshotFile, type SnapshotPlace } from '../dictionary/snapshot-cache.js'
import { openSnapshot, type Snapshot } from '../dictionary/snapshot/decode.js'
import { DICTIONARIES, EMBEDDED_SNAPSHOTS } from './package-root.js'

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
  readonly years: readonly AvailableYear[]
  readonly choose: (dateOfService: string | null) => ChosenYear
  /** Opens the year's snapshot, building it first where there is none. */
  readonly open: (fiscalYear: number) => Promise<Snapshot>
  /** Compiles the year's snapshot anew. */
  readonly build: (fiscalYear: number) => ReturnType<typeof buildSnapshot>
}

export interface DictionariesOptions {
  readonly dataDirectory?: string | undefined
  /** Told before a snapshot is built, which takes seconds. */
  readonly onBuild?: (fiscalYear: number) => void
}

export async function findDictionaries(options: DictionariesOptions = {}): Promise<Dictionaries> {
  const dataDirectory = dataDirectoryPath({ option: options.dataDirectory })
  const tablesHash = hashOfTables(DICTIONARIES)
  const years = await findYears(dataDirectory, tablesHash)
  const placeOf = (fiscalYear: number): AvailableYear => {
    const year = years.find(candidate => candidate.fiscalYear === fiscalYear)
    if (year === undefined) throw new RangeError(`FY${fiscalYear} is not among the chosen years`)
    return year
  }
  const build = async (fiscalYear: number) => {
    const { place, isInstalled } = placeOf(fiscalYear)
    const release = isInstalled ? await openRelease(dataDirectory, fiscalYear) : undefined
    return buildSnapshot({ dictionaries: DICTIONARIES, place, release })
  }
  return {
    dataDirectory,
    years,
    choose: date => choose(date, years),
    open: async fiscalYear => {
      const { place } = placeOf(fiscalYear)
      if (!isBuilt(place)) {
        options.onBuild?.(fiscalYear)
        await build(fiscalYear)
      }
      return openSnapshot(snapshotFile(place))
    },
    build,
  }
}

async function findYears(dataDirectory: string, tablesHash: string): Promise<AvailableYear[]> {
  const releases = await listReleases(dataDirectory)
  const installed = releases
    .filter(record => record.parts.some(part => part.kind === 'order'))
    .map(({ fiscalYear, hash }) => {
      const place = { directory: path.join(dataDirectory, 'snapshots'), fiscalYear, tablesHash, releaseHash: hash }
      return { fiscalYear, place, isInstalled: true }
    })
  if (installed.length > 0) return installed
  return LEXICON_YEARS.map(fiscalYear => ({
    fiscalYear,
    place: { directory: EMBEDDED_SNAPSHOTS, fiscalYear, tablesHash, releaseHash: 'lexicon' },
    isInstalled: false,
  }))
}

function choose(date: string | null, years: readonly AvailableYear[]): ChosenYear {
  const known = years.map(year => year.fiscalYear)
  return chooseRelease(date === null ? null : checked(date), known)
}

function checked(date: string): string {
  fiscalYearOf(date)
  return date
}
