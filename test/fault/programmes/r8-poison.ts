/**
 * R8: among many notes some on which threads and processes die. Exactly these are put aside, after two attempts,
 * with what an operator must know and nothing of the note; nobody else suffers; and replayed with workers that
 * stand them, they are coded like any other.
 */
import { loadavg } from 'node:os'
import path from 'node:path'
import type { ErrorCode } from '../../../src/model/errors.js'
import type { Note } from '../../../src/model/note.js'
import { pipelineKey } from '../../../src/app/work/work-pipeline.js'
import type { Quarantined } from '../../../src/store/store.js'
import { bundleEntries } from '../bundle-entries.js'
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
import { comparisonFigures, conservationFigures, sampleConservation, sha256Of } from '../oracle.js'
import { POISON_KINDS, poisoned, type PoisonKind } from '../poison.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import type { Random } from '../random.js'
import { linesOf, runProgram } from '../run-program.js'
import { countEvents } from '../worker-events.js'

const WORKERS = 4
const JOBS = 1
const POISONED = 20
/** So that a note that never ends costs seconds; the shortest that no innocent passes on a busy machine. */
const DEADLINE_S = 1.5
const HEAP_MB = 64
/** A worker has so many jobs in hand: when it is killed, these and no others are given out again. */
const IN_HAND = JOBS + 1

const REASONS: Readonly<Record<PoisonKind, readonly ErrorCode[]>> = {
  'endless-loop': ['note-deadline'],
  // Whichever limit comes first: a busy machine takes its time to fill the memory.
  'heap-bomb': ['note-memory', 'note-deadline'],
  'regex-bomb': ['note-deadline'],
  'process-exit': ['worker-failed'],
  'kill-self': ['process-died'],
  throw: ['worker-failed'],
  'circular-result': ['worker-failed'],
}

export const programme: Programme = {
  id: 'R8',
  title: 'notes that kill threads and processes: put aside, and nobody with them',
  run: async context => {
    const entries = await bundleEntries(context.directory, [
      'watched-worker',
      'poisoned-thread',
      'poisoned-alone',
    ])
    const limits = ['--poisoned', '--deadline', String(DEADLINE_S), '--heap', String(HEAP_MB)]
    const file = path.join(entries, 'watched-worker.js')
    return withInstallation(
      context,
      {
        workers: WORKERS,
        jobs: JOBS,
        command: words => ({ file: process.execPath, args: [file, ...words, ...limits] }),
      },
      installation => runAll(context, installation),
    )
  },
}

interface Poison {
  readonly note: Note
  readonly kind: PoisonKind
}

async function runAll(
  context: ProgrammeContext,
  installation: Installation,
): Promise<{ readonly figures: readonly Figure[] }> {
  const { store } = installation.backends
  const count = context.isFull ? 5_000 : 1_000
  const calm = named('calm', inventNotes(count, context.random))
  const { notes, poisons } = poisonSome(inventNotes(count, context.random), context.random)
  const expected = new Map<string, string | null>(await expectedResults(installation, [...calm, ...notes]))
  const healthy = new Map(poisons.map(({ note }) => [note.id, expected.get(note.id) ?? null]))
  for (const { note } of poisons) expected.set(note.id, null)
  const sampler = sampleConservation(store.counts)
  // Threads start and dictionaries open in neither of the two times.
  const warm = named('warm', inventNotes(WORKERS * 10, context.random))
  for (const [id, hash] of await expectedResults(installation, warm)) expected.set(id, hash)
  const accepted: Accepted = new Map()
  const take = async (some: readonly Note[]): Promise<number> => {
    const started = performance.now()
    for (const [noteId, id] of await acceptAll(installation, store, some)) accepted.set(noteId, id)
    if (!(await untilDone(store, 120_000))) context.tell('work was still open after two minutes')
    return (performance.now() - started) / 1000
  }
  await take(warm)
  const without = await take(calm)
  const withPoison = await take(notes)
  const deaths = installation.workers.ends().length
  const events = countEvents(installation.workers.files)
  context.tell(
    `${without.toFixed(1)} s without, ${withPoison.toFixed(1)} s with poison; ${deaths} processes and ${events.get('thread-died') ?? 0} threads died, ${events.get('job-stalled') ?? 0} jobs were given out again, load ${loadavg()[0]?.toFixed(1)}`,
  )
  const comparison = await compareWithStore(store, installation, { accepted, expected })
  const conservation = await sampler.stop()
  return {
    figures: [
      ...comparisonFigures(comparison),
      ...conservationFigures(conservation),
      ...(await quarantineFigures(installation, poisons)),
      figureAtMost('stalled in living workers', (events.get('job-stalled') ?? 0) - deaths * IN_HAND, 0),
      figureAtMost('extra time', withPoison - without, 15, 's'),
      ...(await replayFigures(installation, { accepted, healthy })),
    ],
  }
}

function named(prefix: string, notes: readonly Note[]): Note[] {
  return notes.map(note => ({ ...note, id: `${prefix}-${note.id}` }))
}

function poisonSome(
  notes: readonly Note[],
  random: Random,
): { readonly notes: readonly Note[]; readonly poisons: readonly Poison[] } {
  const places = random.shuffled(notes.map((_, at) => at)).slice(0, POISONED)
  const kinds = new Map(places.map((at, i) => [at, POISON_KINDS[i % POISON_KINDS.length] as PoisonKind]))
  const all = notes.map((note, at) => {
    const kind = kinds.get(at)
    return kind === undefined ? note : { ...note, text: poisoned(kind, note.text) }
  })
  return { notes: all, poisons: [...kinds].map(([at, kind]) => ({ note: all[at] as Note, kind })) }
}

/** What `quarantine list` and `show` say, each entry beside what its note deserves. */
async function quarantineFigures({ env }: Installation, poisons: readonly Poison[]): Promise<Figure[]> {
  const listed = await runProgram(['quarantine', 'list'], { env })
  const entries = linesOf<Quarantined>(listed)
  const wrong = poisons.filter(({ note, kind }) => {
    const entry = entries.find(({ externalId }) => externalId === note.id)
    return !(
      entry !== undefined &&
      REASONS[kind].includes(entry.reason) &&
      entry.attempts === 2 &&
      entry.stage === 'detect' &&
      entry.sha256 === sha256Of(JSON.stringify(note))
    )
  })
  const shown = await runProgram(['quarantine', 'show', entries[0]?.quarantineId ?? ''], { env })
  const isShown = linesOf<Quarantined>(shown)[0]?.sha256 === entries[0]?.sha256 && shown.code === 0
  const quoting = entries.filter(entry => /poison|Assessment|Denies/.test(JSON.stringify(entry)))
  const full = entries.filter(({ reason }) => reason === 'note-memory')
  return [
    figureEqual('in quarantine', entries.length, POISONED),
    figureEqual(
      `without reason, 2 attempts, stage or hash${wrong.map(({ kind }) => ` ${kind}`).join('')}`,
      wrong.length,
      0,
    ),
    { name: 'stopped by their memory', value: String(full.length), goal: '≥ 1', holds: full.length > 0 },
    figureEqual('entries with words of a note', quoting.length, 0),
    figureEqual('entries shown', Number(isShown), 1),
  ]
}

/** With the shipped worker, to which the poison is a word like others. */
async function replayFigures(
  { env, backends, workers, pipeline }: Installation,
  {
    accepted,
    healthy,
  }: { readonly accepted: Accepted; readonly healthy: ReadonlyMap<string, string | null> },
): Promise<Figure[]> {
  await workers.stop('SIGTERM')
  const listed = linesOf<Quarantined>(await runProgram(['quarantine', 'list'], { env }))
  const ids = listed.map(({ quarantineId }) => quarantineId)
  const [answer] = linesOf<{ readonly replayed: number }>(
    await runProgram(['quarantine', 'replay', ...ids], { env }),
  )
  await runProgram(['worker', '--until-empty', '--jobs', '2'], { env })
  let coded = 0
  for (const [noteId, id] of accepted) {
    if (!healthy.has(id)) continue
    const stored = await backends.store.result(noteId, pipelineKey(pipeline))
    if (stored !== null && sha256Of(stored.result) === healthy.get(id)) coded++
  }
  return [
    figureEqual('replayed', answer?.replayed ?? 0, POISONED),
    figureEqual('coded after the replay', coded, POISONED),
  ]
}
