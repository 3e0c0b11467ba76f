/**
 * What runs here, on what, with which dictionaries, and how to mend what is missing: the findings of
 * `chartcode doctor`, as plain data. Reads only; nothing is built or repaired.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { readLexicon } from '../dictionary/lexicon/rows.js'
import { openSnapshot } from '../dictionary/snapshot/decode.js'
import { ChartcodeError } from '../model/errors.js'
import type { BackendSettings } from './backends.js'
import type { Advice } from './advice.js'
import { diagnoseBackends } from './diagnose-backends.js'
import type { Dictionaries } from './dictionaries.js'
import { findInstalledYears, type InstalledPart } from './installed-years.js'
import { DICTIONARIES } from './package-root.js'
import { snapshotFile } from '../dictionary/snapshot-place.js'
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
  /**
   * `missing` is built at first use; `damaged` does not match its SHA-256; `stale` is of another lexicon,
   * release or version and never opened.
   */
  readonly state: 'current' | 'missing' | 'damaged' | 'stale'
  readonly bytes: number | null
}

/** `engines` of package.json. */
const OLDEST_NODE = [20, 19] as const

export async function diagnose(dictionaries: Dictionaries, settings: BackendSettings): Promise<Diagnosis> {
  const { dataDirectory, tablesHash } = dictionaries
  const isSupported = isNodeSupported(process.versions.node)
  const releases = findInstalledYears(dataDirectory)
  const snapshots = snapshotStates(dictionaries)
  const lexicon = countRows()
  const { queue, store, advice: onBackends } = await diagnoseBackends(settings)
  const advice = [
    ...onBackends,
    ...(isSupported ? [] : [oldNode()]),
    ...(typeof lexicon === 'number' ? [] : [lexicon]),
    ...(releases.length === 0 ? [NO_RELEASE] : []),
    ...adviseOnSnapshots(snapshots),
  ]
  return {
    ok: advice.every(({ severity }) => severity !== 'error'),
    engine: ENGINE_VERSION,
    node: { version: process.versions.node, isSupported },
    dataDirectory: { path: dataDirectory, exists: existsSync(dataDirectory) },
    releases: releases.map(({ fiscalYear, hash, parts }) => ({ release: `FY${fiscalYear}`, hash, parts })),
    snapshots,
    lexicon: { rows: typeof lexicon === 'number' ? lexicon : null, hash: tablesHash },
    backends: { queue, store },
    advice,
  }
}

const NO_RELEASE: Advice = {
  severity: 'notice',
  what: 'no release is installed: the lexicon alone answers',
  mend: 'chartcode dictionary install',
}

function oldNode(): Advice {
  const mend = `install Node.js ${OLDEST_NODE.join('.')} or newer`
  return { severity: 'error', what: `Node.js ${process.versions.node} is too old`, mend }
}

function adviseOnSnapshots(snapshots: readonly SnapshotState[]): Advice[] {
  const build = (file: string) => `chartcode dictionary build ${path.basename(file).slice(0, 6)}`
  const advice = snapshots.flatMap(({ file, state }): Advice[] => {
    if (state === 'missing')
      return [{ severity: 'notice', what: `${file} is not compiled yet`, mend: build(file) }]
    return state === 'damaged' ? [{ severity: 'error', what: `${file} is damaged`, mend: build(file) }] : []
  })
  const stale = snapshots.filter(({ state }) => state === 'stale')
  if (stale.length === 0) return advice
  const what = `compiled dictionaries that are of no more use: ${stale.length}`
  return [...advice, { severity: 'notice', what, mend: `delete ${stale.map(({ file }) => file).join(' ')}` }]
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
    ...current.map((file): SnapshotState => ({ file, state: stateOf(file), bytes: sizeOf(file) })),
    ...others.sort().map((file): SnapshotState => ({ file, state: 'stale', bytes: sizeOf(file) })),
  ]
}

function stateOf(file: string): SnapshotState['state'] {
  if (!existsSync(file)) return 'missing'
  try {
    openSnapshot(file)
    return 'current'
  } catch (error) {
    if (error instanceof ChartcodeError) return 'damaged'
    throw error
  }
}

function sizeOf(file: string): number | null {
  return existsSync(file) ? statSync(file).size : null
}

/** The number of rows, or what is wrong with one of them. */
function countRows(): number | Advice {
  try {
    return readLexicon(DICTIONARIES).length
  } catch (error) {
    if (!(error instanceof ChartcodeError)) throw error
    return {
      severity: 'error',
      what: error.message,
      mend: 'correct the row, as dictionaries/README.md describes',
    }
  }
}
