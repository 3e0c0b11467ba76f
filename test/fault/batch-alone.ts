/**
 * What `chartcode batch` writes for a file of notes, for comparison with a batch that workers coded under faults:
 * the same bytes. The input has what batches have: a note twice, a line that is none.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Store } from '../../src/store/store.js'
import { PROGRAM } from './command.js'
import type { Installation } from './installation.js'
import { inventNotes } from './invented-notes.js'
import { sha256Of } from './oracle.js'
import type { ProgrammeContext } from './programme.js'

const LIMIT_MS = 180_000

/** The files of a run that say something of notes; `run.json` tells times. */
const COMPARED = ['results.ndjson', 'errors.ndjson', 'duplicates.ndjson']

export interface AloneBatch {
  readonly input: string
  /** Directory of the results. */
  readonly alone: string
}

export async function batchAlone(
  context: ProgrammeContext,
  installation: Installation,
  count: number,
): Promise<AloneBatch> {
  const lines = inventNotes(count, context.random).map(note => JSON.stringify(note))
  const [first = '', second = ''] = lines
  const input = path.join(context.directory, 'tonight.ndjson')
  const half = Math.floor(count / 2)
  const all = [...lines.slice(0, half), '{"id": "no note"', ...lines.slice(half), first, second]
  writeFileSync(input, `${all.join('\n')}\n`)
  const alone = path.join(context.directory, 'alone')
  await runProgram(installation, ['batch', input, '--out', alone, '--jobs', '2'])
  return { input, alone }
}

/** Answers what it printed. Some notes fail, for which the program ends with 3. */
export async function runProgram({ env }: Installation, words: readonly string[]): Promise<string> {
  const running = promisify(execFile)(process.execPath, [PROGRAM, ...words], { env: { ...env } })
  const { stdout } = await running.catch((error: unknown) => {
    const { code, stdout } = error as { readonly code?: unknown; readonly stdout?: string }
    if (code === 3 && stdout !== undefined) return { stdout }
    throw error
  })
  return stdout
}

export async function untilFinished(store: Pick<Store, 'batch'>, batchId: string): Promise<boolean> {
  const end = performance.now() + LIMIT_MS
  while (performance.now() < end) {
    if ((await store.batch(batchId).catch(() => null))?.state === 'finished') return true
    await sleep(100)
  }
  return false
}

export function differingFiles(alone: string, queued: string): readonly string[] {
  return COMPARED.filter(name => hashOf(alone, name) !== hashOf(queued, name))
}

/** A file that is missing has a hash of its own in each directory. */
function hashOf(directory: string, name: string): string {
  const file = path.join(directory, name)
  return existsSync(file) ? sha256Of(readFileSync(file)) : `no ${file}`
}
