/**
 * A batch of files that is submitted and whose workers are killed: its directory holds byte for byte what
 * `chartcode batch` writes for the same files, and its chunks are taken up soon.
 */
import path from 'node:path'
import { readAttempts, resumptions, workerNames } from './attempts.js'
import { batchAlone, differingFiles, runProgram, untilFinished } from './batch-alone.js'
import type { Installation } from './installation.js'
import { killWorkers, untilReady } from './kill-workers.js'
import { figureAtMost, figureEqual, type Figure, type ProgrammeContext } from './programme.js'

const NOTES = 3_000
const NOTES_FULL = 20_000
const KILLS = 5
const KILLS_FULL = 15
/** Between two kills: the first chunks are coded, the last are not. */
const KILL_EVERY_MS = 800

export async function runKilledBatch(
  context: ProgrammeContext,
  installation: Installation,
  { slots }: { readonly slots: number },
): Promise<readonly Figure[]> {
  const { workers, postgres, backends } = installation
  const [count, kills] = context.isFull ? [NOTES_FULL, KILLS_FULL] : [NOTES, KILLS]
  const { input, alone } = await batchAlone(context, installation, count)
  const queued = path.join(context.directory, 'queued')
  await untilReady(workers)
  const submitted = await runProgram(installation, ['submit', input, '--out', queued])
  const { batchId, chunks } = JSON.parse(submitted) as { readonly batchId: string; readonly chunks: number }
  const untilMs = kills * KILL_EVERY_MS
  const killed = await killWorkers(workers, { ...context, kills, slots, fromMs: 0, untilMs })
  const isFinished = await untilFinished(backends.store, batchId)
  const left = resumptions(killed, workerNames(workers.files), await readAttempts(postgres.url))
  context.tell(`batch of ${chunks} chunks: ${left.length} attempts were in the hands of the killed`)
  const slowest = Math.max(0, ...left.map(({ milliseconds }) => milliseconds)) / 1_000
  return [
    figureEqual('batches finished', isFinished ? 1 : 0, 1),
    figureEqual('kills in the batch', killed.length, kills),
    { name: 'chunks resumed', value: String(left.length), goal: '≥ 1', holds: left.length > 0 },
    figureAtMost('chunk resumed after', slowest, 8, 's'),
    figureEqual('files that are not those of batch', differingFiles(alone, queued).length, 0),
  ]
}
