/**
 * A batch of files that is submitted and whose workers are killed: its directory holds byte for byte what
 * `chartcode batch` writes for the same files. The input has what batches have: a note twice, a line that
 * is none.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readAttempts, resumptions, workerNames } from './attempts.js'
import { PROGRAM, type Installation } from './installation.js'
import { inventNotes } from './invented-notes.js'
import { killWorkers, untilReady } from './kill-workers.js'
import { sha256Of } from './oracle.js'
import { figureAtMost, figureEqual, type Figure, type ProgrammeContext } from './programme.js'

const NOTES = 4_000
const NOTES_FULL = 20_000
const KILLS = 5
const KILLS_FULL = 15
/** Over these the kills are spread: the first chunks are coded, the last are not. */
const KILLED_WITHIN_MS = 2_500
const LIMIT_MS = 180_000

/** The files of a run that say something of notes; `run.json` tells times. */
const COMPARED = ['results.ndjson', 'errors.ndjson', 'duplicates.ndjson']

export async function runKilledBatch(
  context: ProgrammeContext,
  installation: Installation,
  { slots }: { readonly slots: number },
): Promise<readonly Figure[]> {
  const { workers, postgres } = installation
  const [count, kills] = context.isFull ? [NOTES_FULL, KILLS_FULL] : [NOTES, KILLS]
  const input = writeInput(context, count)
  const [alone, queued] = ['alone', 'queued'].map(name => path.join(context.directory, name)) as [
    string,
    string,
  ]
  await run(installation, ['batch', input, '--out', alone, '--jobs', '2'])
  await untilReady(workers)
  const { stdout } = await run(installation, ['submit', input, '--out', queued])
  const { batchId, chunks } = JSON.parse(stdout) as { readonly batchId: string; readonly chunks: number }
  const untilMs = context.isFull ? KILLED_WITHIN_MS * 4 : KILLED_WITHIN_MS
  const killed = await killWorkers(workers, { ...context, kills, slots, fromMs: 100, untilMs })
  const isFinished = await untilFinished(installation, batchId)
  const left = resumptions(killed, workerNames(workers.files), await readAttempts(postgres.url))
  context.tell(`batch of ${chunks} chunks: ${left.length} attempts were in the hands of the killed`)
  const slowest = Math.max(0, ...left.map(({ milliseconds }) => milliseconds)) / 1_000
  const differing = COMPARED.filter(name => hashOf(alone, name) !== hashOf(queued, name))
  return [
    figureEqual('batches finished', isFinished ? 1 : 0, 1),
    figureEqual('kills in the batch', killed.length, kills),
    { name: 'chunks resumed', value: String(left.length), goal: '≥ 1', holds: left.length > 0 },
    figureAtMost('chunk resumed after', slowest, 8, 's'),
    figureEqual('files that are not those of batch', differing.length, 0),
  ]
}

function writeInput(context: ProgrammeContext, count: number): string {
  const lines = inventNotes(count, context.random).map(note => JSON.stringify(note))
  const [first = '', second = ''] = lines
  const file = path.join(context.directory, 'tonight.ndjson')
  const all = [...lines.slice(0, 700), '{"id": "no note"', ...lines.slice(700), first, second]
  writeFileSync(file, `${all.join('\n')}\n`)
  return file
}

/** Some notes fail, for which the program ends with 3. */
async function run({ env }: Installation, words: readonly string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)(process.execPath, [PROGRAM, ...words], { env: { ...env } }).catch(
    (error: unknown) => {
      const { code, stdout } = error as { readonly code?: unknown; readonly stdout?: string }
      if (code === 3 && stdout !== undefined) return { stdout }
      throw error
    },
  )
}

async function untilFinished({ backends }: Installation, batchId: string): Promise<boolean> {
  const end = performance.now() + LIMIT_MS
  while (performance.now() < end) {
    if ((await backends.store.batch(batchId).catch(() => null))?.state === 'finished') return true
    await sleep(100)
  }
  return false
}

/** A file that is missing has a hash of its own in each directory. */
function hashOf(directory: string, name: string): string {
  const file = path.join(directory, name)
  return existsSync(file) ? sha256Of(readFileSync(file)) : `no ${file}`
}
