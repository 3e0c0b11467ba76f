/**
 * Runs the built program as a person does, with no release installed and nothing of this machine's settings.
 * `npm test` builds first; alone, these tests need `npm run build`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NoteResult } from '../../src/model/result.js'

export const PROGRAM = path.join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js')
export const isBuilt = existsSync(PROGRAM)

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

const DATA = temporaryDirectory()

export function environment(further: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: DATA, CHARTCODE_DATA_DIR: DATA, ...further }
}

export function run(words: readonly string[], { input = '', env = {}, cwd }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    input,
    env: environment(env),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    ...(cwd === undefined ? {} : { cwd }),
  })
  return { code: status, out: stdout, err: stderr }
}

export function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'chartcode-test-'))
}

/** Writes a file into a new directory and answers its path. */
export function file(name: string, content: string | Uint8Array): string {
  const target = path.join(temporaryDirectory(), name)
  writeFileSync(target, content)
  return target
}

export function resultsOf({ out }: Ran): NoteResult[] {
  return out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as NoteResult)
}

export function codesOf(result: NoteResult | undefined): string[] {
  return (result?.candidates ?? []).map(({ code }) => code)
}

/** Notes that no patient has had. */
export const DIABETES = 'Assessment: type 2 diabetes. No chest pain.'
export const HYPERTENSION = 'Assessment:\n1. Hypertension, well controlled.\n2. Denies shortness of breath.\n'

export function ndjson(...rows: readonly unknown[]): string {
  return rows.map(row => `${JSON.stringify(row)}\n`).join('')
}

/** A line of shell in which `$PROGRAM` is the program's file. */
export function shell(script: string): Ran {
  const options = { env: environment({ PROGRAM }), encoding: 'utf8' as const }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], options)
  return { code: status, out: stdout, err: stderr }
}
