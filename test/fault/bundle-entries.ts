/**
 * Entries of the fault programmes → bundles that run as the shipped program does, with threads and processes of
 * their own: a package of links (tables, dictionaries, modules are those of this one) with the bundles beside
 * them, in the programme's directory, so that nothing of it can come into what is published.
 */
import { mkdirSync, symlinkSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const ROOT = path.join(import.meta.dirname, '..', '..')
const LINKED = ['package.json', 'dictionaries', 'dist', 'node_modules']

/** Answers the directory in which `NAME.js` stands for each `entries/NAME.ts`. */
export async function bundleEntries(directory: string, names: readonly string[]): Promise<string> {
  const entries = path.join(directory, 'package', 'entries')
  mkdirSync(entries, { recursive: true })
  for (const name of LINKED) symlinkSync(path.join(ROOT, name), path.join(directory, 'package', name))
  const buildId = readFileSync(path.join(ROOT, 'dist', 'build-id'), 'utf8')
  await build({
    entryPoints: names.map(name => path.join(import.meta.dirname, 'entries', `${name}.ts`)),
    outdir: entries,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // Dictionaries are named after the build: work is coded only by those who have the same.
    define: { CHARTCODE_BUILD_ID: JSON.stringify(buildId) },
    logLevel: 'warning',
  })
  return entries
}
