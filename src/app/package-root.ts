/** The package's own directory, from the TypeScript source as well as from the bundle. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const PACKAGE_ROOT: string = findRoot(path.dirname(fileURLToPath(import.meta.url)))

/** The hand-written tables. */
export const DICTIONARIES: string = path.join(PACKAGE_ROOT, 'dictionaries')
/** Snapshots of the lexicon alone, built with the package. */
export const EMBEDDED_SNAPSHOTS: string = path.join(PACKAGE_ROOT, 'dist', 'snapshots')

function findRoot(from: string): string {
  let directory = from
  while (!existsSync(path.join(directory, 'package.json'))) {
    const parent = path.dirname(directory)
    if (parent === directory) return from
    directory = parent
  }
  return directory
}
