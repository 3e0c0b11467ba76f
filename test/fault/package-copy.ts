/** A copy of the built package, to be damaged: program, compiled dictionaries, tables; libraries stay where they are. */
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '..', '..')

export interface PackageCopy {
  readonly program: string
  readonly tables: string
  /** Compiled dictionaries, by year; the last is the one in force. */
  readonly snapshots: readonly string[]
}

export function copyPackage(directory: string): PackageCopy {
  mkdirSync(directory, { recursive: true })
  for (const name of ['package.json', 'dictionaries', 'dist'])
    cpSync(path.join(ROOT, name), path.join(directory, name), { recursive: true })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'))
  const snapshots = path.join(directory, 'dist', 'snapshots')
  return {
    program: path.join(directory, 'dist', 'cli', 'main.js'),
    tables: path.join(directory, 'dictionaries'),
    snapshots: readdirSync(snapshots)
      .filter(name => name.endsWith('.snapshot'))
      .sort()
      .map(name => path.join(snapshots, name)),
  }
}
