/** Builds the snapshots of the lexicon alone that are shipped with the package, and removes older ones. */
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildYear, embeddedYears } from './dictionaries.js'
import { DICTIONARIES, EMBEDDED_SNAPSHOTS } from './package-root.js'
import { hashOfTables, isBuilt, snapshotFile } from '../dictionary/snapshot-place.js'

export async function buildEmbeddedSnapshots(report: (line: string) => void): Promise<void> {
  const years = embeddedYears(hashOfTables(DICTIONARIES))
  for (const year of years) {
    if (isBuilt(year.place)) continue
    const { phrases, bytes } = await buildYear(year, '')
    report(`FY${year.fiscalYear}, lexicon alone: ${phrases} phrases, ${(bytes.length / 1e6).toFixed(1)} MB`)
  }
  const current = new Set(years.map(({ place }) => path.basename(snapshotFile(place))))
  if (!existsSync(EMBEDDED_SNAPSHOTS)) return
  // Part of the package: readable by everyone, unlike what lies in a data directory.
  for (const directory of [path.dirname(EMBEDDED_SNAPSHOTS), EMBEDDED_SNAPSHOTS]) chmodSync(directory, 0o755)
  for (const name of readdirSync(EMBEDDED_SNAPSHOTS)) {
    const file = path.join(EMBEDDED_SNAPSHOTS, name)
    if (current.has(name)) chmodSync(file, 0o644)
    else rmSync(file, { force: true })
  }
}
