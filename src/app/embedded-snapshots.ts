/** Builds the snapshots of the lexicon alone that are shipped with the package, and removes older ones. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildYear, embeddedYears } from './dictionaries.js'
import { DICTIONARIES, EMBEDDED_SNAPSHOTS } from './package-root.js'
import { hashOfTables, isBuilt, snapshotFile } from './snapshot-place.js'

export async function buildEmbeddedSnapshots(report: (line: string) => void): Promise<void> {
  const years = embeddedYears(hashOfTables(DICTIONARIES))
  for (const year of years) {
    if (isBuilt(year.place)) continue
    const { phrases, bytes } = await buildYear(year, '')
    report(`FY${year.fiscalYear}, lexicon alone: ${phrases} phrases, ${(bytes.length / 1e6).toFixed(1)} MB`)
  }
  const current = new Set(years.map(({ place }) => path.basename(snapshotFile(place))))
  if (!existsSync(EMBEDDED_SNAPSHOTS)) return
  for (const name of readdirSync(EMBEDDED_SNAPSHOTS))
    if (!current.has(name)) rmSync(path.join(EMBEDDED_SNAPSHOTS, name), { force: true })
}
