/**
 * What runs here, on what, with which dictionaries, and how to mend what is missing: the findings of
 * `chartcode doctor`, as plain data. Reads only; nothing is built or repaired.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { readLexicon } from '../dictionary/lexicon/rows.js'
import { ChartcodeError } from '../model/errors.js'
import type { Dictionaries } from './dictionaries.js'
import { findInstalledYears, type InstalledPart } from './installed-years.js'
import { DICTIONARIES } from './package-root.js'
import { snapshotFile } from './snapshot-place.js'
import { ENGINE_VERSION } from './version.js'

export interface Diagnosis {
  /** Nothing that keeps the program from working. */
  readonly ok: boolean
  readonly engine: string
  readonly node: { readonly version: string; readonly isSupported: boolean }
  readonly dataDirectory: { readonly path: string; readonly exists: boolean }
  readonly releases: readonly {
    readonly release: string
    readonly hash: string
    readonly parts: readonly InstalledPart[]
  }[]
  readonly snapshots: readonly SnapshotState[]
  readonly lexicon: { readonly rows: number | null; readonly hash: string }
  readonly backends: { readonly queue: string; readonly store: string }
  readonly advice: readonly Advice[]
}

export interface SnapshotState {
  readonly file: string
  /** `missing` is built at first use; `stale` is of another lexicon, release or version and never opened. */
  readonly state: 'current' | 'missing' | 'stale'
  readonly bytes: number | null
}

export interface Advice {
  readonly severity: 'error' | 'notice'
  readonly what: string
  readonly mend: string
}

/** `engines` of package.json. */
const OLDEST_NODE = [20, 19] as const

export function diagnose(dictionaries: Dictionaries): Diagnosis {
  const { dataDirectory, tablesHash } = dictionaries
  const releases = findInstalledYears(dataDirectory).map(({ fiscalYear, hash, parts }) => ({
    release: `FY${fiscalYear}`,
    hash,
    parts,
  }))
  const snapshots = snapshotStates(dictionaries)
  const advice: Advice[] = []
  const isSupported = isNodeSupported(process.versions.node)
  if (!isSupported)
    advice.push({
      severity: 'error',
      what: `Node.js ${process.versions.node} is too old`,
      mend: `install Node.js ${OLDEST_NODE.join('.')} or newer`,
    })
  const rows = countRows(advice)
  if (releases.length === 0)
    advice.push({
      severity: 'notice',
      what: 'no release is installed: the lexicon alone answers',
      mend: 'chartcode dictionary install',
    })
  for (const { file } of snapshots.filter(({ state }) => state === 'missing'))
    advice.push({
      severity: 'notice',
      what: `${path.basename(file)} is not compiled yet`,
      mend: `chartcode dictionary build ${path.basename(file).slice(0, 6)}`,
    })
  const stale = snapshots.filter(({ state }) => state === 'stale')
  if (stale.length > 0)
    advice.push({
      severity: 'notice',
      what: `${stale.length} compiled dictionaries are of no more use`,
      mend: `delete them: ${stale.map(({ file }) => file).join(' ')}`,
    })
  return {
    ok: advice.every(({ severity }) => severity !== 'error'),
    engine: ENGINE_VERSION,
    node: { version: process.versions.node, isSupported },
    dataDirectory: { path: dataDirectory, exists: existsSync(dataDirectory) },
    releases,
    snapshots,
    lexicon: { rows, hash: tablesHash },
    backends: { queue: 'none configured', store: 'none configured' },
    advice,
  }
}

export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

function snapshotStates({ years }: Dictionaries): SnapshotState[] {
  const current = years.map(({ place }) => snapshotFile(place))
  const directories = [...new Set(years.map(({ place }) => place.directory))]
  const others = directories
    .flatMap(directory =>
      existsSync(directory) ? readdirSync(directory).map(name => path.join(directory, name)) : [],
    )
    .filter(file => file.endsWith('.snapshot') && !current.includes(file))
  return [
    ...current.map((file): SnapshotState => ({
      file,
      state: existsSync(file) ? 'current' : 'missing',
      bytes: sizeOf(file),
    })),
    ...others.sort().map((file): SnapshotState => ({ file, state: 'stale', bytes: sizeOf(file) })),
  ]
}

function sizeOf(file: string): number | null {
  return existsSync(file) ? statSync(file).size : null
}

function countRows(advice: Advice[]): number | null {
  try {
    return readLexicon(DICTIONARIES).length
  } catch (error) {
    if (!(error instanceof ChartcodeError)) throw error
    advice.push({
      severity: 'error',
      what: error.message,
      mend: 'correct the row, as dictionaries/README.md describes',
    })
    return null
  }
}
