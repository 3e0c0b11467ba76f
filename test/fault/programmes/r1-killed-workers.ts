/**
 * R1: workers are killed in the middle of their work, again and again. Nothing is lost, nothing is done twice
 * that can be seen, and the work of the dead is taken up soon. First the notes of a run without faults, for
 * its time; then as many with kills; then a batch of files, whose results are those of `chartcode batch`.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { readAttempts, resumptions, workerNames, type Kill } from '../attempts.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Accepted,
  type Installation,
} from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { killWorkers, untilReady } from '../kill-workers.js'
import { runKilledBatch } from '../killed-batch.js'
import { comparisonFigures, conservationFigures, sampleConservation } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import type { Note } from '../../../src/model/note.js'

const WORKERS = 4
/** Of a worker with one thread: the job that it codes, and the one that it has read ahead. */
const IN_FLIGHT = 2
/** RELIABILITY R1. */
const RESUMED_WITHIN_S = 8
const LIMIT_MS = 300_000

export const programme: Programme = {
  id: 'R1',
  title: 'workers killed with SIGKILL: nothing lost, nothing twice',
  run: context => {
    const [count, kills] = context.isFull ? [20_000, 50] : [5_000, 15]
    return withInstallation(context, { workers: WORKERS }, async installation => {
      const { workers, backends } = installation
      const notes = inventNotes(count, context.random)
      const hashes = await expectedResults(installation, notes)
      const expected = new Map([...named('calm', hashes), ...named('struck', hashes)])
      const sampler = sampleConservation(backends.store.counts)
      await untilReady(workers)
      const accepted: Accepted = new Map()
      const calmSeconds = await timeOf(installation, { name: 'calm', notes, accepted })
      // It takes no less time with kills than without, so all of them come in the middle.
      const untilMs = calmSeconds * 1_000
      const request = { ...context, kills, slots: WORKERS, fromMs: 200, untilMs }
      let killed: readonly Kill[] = []
      const killing = async (): Promise<void> => {
        killed = await killWorkers(workers, request)
      }
      const [struckSeconds] = await Promise.all([
        timeOf(installation, { name: 'struck', notes, accepted }),
        killing(),
      ])
      context.tell(`without kills ${calmSeconds.toFixed(1)} s, with ${kills} ${struckSeconds.toFixed(1)} s`)
      const comparison = await compareWithStore(backends.store, installation, { accepted, expected })
      const figures = [
        ...comparisonFigures(comparison),
        ...(await killFigures(installation, { killed, kills, works: 2 * count, context })),
        figureAtMost('time', struckSeconds, 1.3 * calmSeconds + 10, 's'),
      ]
      const batch = await runKilledBatch(context, installation, { slots: WORKERS })
      const conservation = await sampler.stop()
      return { figures: [...figures, ...batch, ...conservationFigures(conservation)] }
    })
  },
}

function named(name: string, hashes: ReadonlyMap<string, string>): (readonly [string, string])[] {
  return [...hashes].map(([id, hash]) => [`${name} ${id}`, hash])
}

interface Timed {
  readonly name: string
  readonly notes: readonly Note[]
  /** Grows. */
  readonly accepted: Accepted
}

/**
 * Seconds from the first note's acceptance to the last one's result; work that never ends is told by the
 * comparison. Both times the notes are the same but for their facility, of which no result tells.
 */
async function timeOf(installation: Installation, { name, notes, accepted }: Timed): Promise<number> {
  const { store } = installation.backends
  const own = notes.map(note => ({ ...note, facility: `${name} ${note.facility ?? ''}` }))
  const started = performance.now()
  for (const [noteId, id] of await acceptAll(installation, store, own)) accepted.set(noteId, `${name} ${id}`)
  await untilDone(store, LIMIT_MS)
  return (performance.now() - started) / 1_000
}

interface Struck {
  readonly killed: readonly Kill[]
  readonly kills: number
  /** Pieces of work that there were. */
  readonly works: number
  readonly context: Pick<ProgrammeContext, 'tell' | 'directory'>
}

async function killFigures(
  { postgres, workers }: Installation,
  { killed, kills, works, context }: Struck,
): Promise<readonly Figure[]> {
  const attempts = await readAttempts(postgres.url)
  const left = resumptions(killed, workerNames(workers.files), attempts)
  // Stays where a figure falls short.
  writeFileSync(path.join(context.directory, 'killed.json'), JSON.stringify({ killed, left, attempts }))
  context.tell(`${left.length} attempts were in the hands of the killed`)
  const slowest = Math.max(0, ...left.map(({ milliseconds }) => milliseconds)) / 1_000
  return [
    figureEqual('kills', killed.length, kills),
    figureAtMost('in-flight work resumed after', slowest, RESUMED_WITHIN_S, 's'),
    { name: 'resumed', value: String(left.length), goal: '≥ 1', holds: left.length > 0 },
    figureAtMost('executed again', attempts.length - works, kills * IN_FLIGHT),
  ]
}
