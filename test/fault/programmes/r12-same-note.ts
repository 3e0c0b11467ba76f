/**
 * R12: the same note, handed in a hundred times at once, and again when it is done and gone from the queue: one
 * note, one result, one id. On both stores, and by as many processes of the command line.
 */
import type { Note } from '../../../src/model/note.js'
import { openBackends, type Backends } from '../../../src/app/backends.js'
import { createLog } from '../../../src/app/log.js'
import { NOTE_LIMITS } from '../../../src/app/coding/worker-pool.js'
import { acceptNotes } from '../../../src/app/work/accept-notes.js'
import { openWorker } from '../../../src/app/work/open-worker.js'
import { pipelineKey } from '../../../src/app/work/work-pipeline.js'
import { ChartcodeError } from '../../../src/model/errors.js'
import { PRIORITIES, type IdempotencyKey, type Store } from '../../../src/store/store.js'
import { expectedResults, untilDone, withInstallation, type Installation } from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { sha256Of } from '../oracle.js'
import { figureEqual, type Figure, type Programme } from '../programme.js'
import { linesOf, runProgram } from '../run-program.js'

const TIMES = 100
/** Each hands in its share of the hundred. */
const PROCESSES = 5

export const programme: Programme = {
  id: 'R12',
  title: 'the same note a hundred times at once: one note, one result, one id',
  run: context =>
    withInstallation(context, { workers: 1 }, async installation => {
      const [first, second, third] = inventNotes(3, context.random) as [Note, Note, Note]
      const expected = await expectedResults(installation, [first, second, third])
      const onPostgres = await tryStore(installation, {
        note: first,
        expected,
        backends: installation.backends,
      })
      const onCommandLine = await tryCommandLine(installation, second, expected)
      const embedded = await withEmbedded(installation, backends =>
        tryStore(installation, { note: third, expected, backends }),
      )
      return { figures: [...onPostgres, ...onCommandLine, ...embedded] }
    }),
}

async function withEmbedded<T>(
  { dataDirectory, dictionaries }: Installation,
  run: (backends: Backends) => Promise<T>,
): Promise<T> {
  const backends = await openBackends({
    redisUrl: undefined,
    databaseUrl: undefined,
    spawnRedis: false,
    allowInsecure: false,
    dataDirectory,
  })
  try {
    const worker = await openWorker({
      backends,
      dictionaries,
      jobs: 1,
      limits: NOTE_LIMITS,
      log: createLog('error'),
    })
    try {
      return await run(backends)
    } finally {
      await worker.stop(8_000)
    }
  } finally {
    await backends.close()
  }
}

interface Trial {
  readonly note: Note
  readonly expected: ReadonlyMap<string, string>
  readonly backends: Backends
}

async function tryStore(
  { pipeline }: Installation,
  { note, expected, backends }: Trial,
): Promise<readonly Figure[]> {
  const { store, queue } = backends
  const idempotency = { key: `key of ${note.id}`, requestHash: sha256Of(note.text) }
  const accept = (some: Note, key?: IdempotencyKey) =>
    acceptNotes({
      store,
      pipeline,
      priority: PRIORITIES.routine,
      notes: [some],
      ...(key === undefined ? {} : { idempotency: key }),
    })
  const before = await store.counts()
  const atOnce = await Promise.all(
    Array.from({ length: TIMES }, (_, i) => accept(note, i % 2 ? idempotency : undefined)),
  )
  const isDone = await untilDone(store, 60_000)
  while ((await queue.counts()).active > 0) await new Promise(resolve => setTimeout(resolve, 50))
  const jobsLeft = await queue.counts()
  const again = await Promise.all(Array.from({ length: TIMES }, () => accept(note, idempotency)))
  const all = [...atOnce, ...again].flat()
  const changed = { ...note, text: `${note.text} Changed.` }
  const refused = await accept(changed, { ...idempotency, requestHash: sha256Of(changed.text) }).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ChartcodeError ? error.code : 'error'),
  )
  const after = await store.counts()
  const label = store.backend
  return [
    figureEqual(`${label}: ids`, new Set(all.map(({ noteId }) => noteId)).size, 1),
    figureEqual(`${label}: new`, all.filter(({ isNew }) => isNew).length, 1),
    figureEqual(`${label}: notes`, after.accepted - before.accepted, 1),
    figureEqual(`${label}: done`, isDone ? after.done - before.done : 0, 1),
    figureEqual(`${label}: opened again`, after.open, 0),
    figureEqual(`${label}: jobs left behind`, jobsLeft.waiting + jobsLeft.active + jobsLeft.delayed, 0),
    figureEqual(
      `${label}: right results`,
      await countRight(store, pipelineKey(pipeline), { note, expected }),
      1,
    ),
    figureEqual(`${label}: other body under the same key refused`, Number(refused === 'key-conflict'), 1),
  ]
}

/** Results that this note has, and that are what they should be. */
async function countRight(
  store: Store,
  pipeline: string,
  { note, expected }: Pick<Trial, 'note' | 'expected'>,
): Promise<number> {
  const results = await store.results({ pipeline, limit: 1_000 })
  const own = results.filter(
    ({ result }) => (JSON.parse(Buffer.from(result).toString('utf8')) as Note).id === note.id,
  )
  return own.filter(({ result }) => sha256Of(result) === expected.get(note.id)).length === own.length
    ? own.length
    : -1
}

interface Line {
  readonly noteId: string
  readonly isNew: boolean
}

async function tryCommandLine(
  { env, backends, pipeline }: Installation,
  note: Note,
  expected: ReadonlyMap<string, string>,
): Promise<readonly Figure[]> {
  const { store } = backends
  const before = await store.counts()
  const input = `${JSON.stringify(note)}\n`.repeat(TIMES / PROCESSES)
  const submit = () =>
    Promise.all(Array.from({ length: PROCESSES }, () => runProgram(['submit', '-'], { env, input })))
  const atOnce = await submit()
  const isDone = await untilDone(store, 60_000)
  const again = await submit()
  const lines = [...atOnce, ...again].flatMap(ended => linesOf<Line>(ended))
  const after = await store.counts()
  return [
    figureEqual('command line: answers', lines.length, 2 * TIMES),
    figureEqual('command line: ids', new Set(lines.map(({ noteId }) => noteId)).size, 1),
    figureEqual('command line: new', lines.filter(({ isNew }) => isNew).length, 1),
    figureEqual('command line: notes', after.accepted - before.accepted, 1),
    figureEqual('command line: done', isDone ? after.done - before.done : 0, 1),
    figureEqual('command line: opened again', after.open, 0),
    figureEqual(
      'command line: right results',
      await countRight(store, pipelineKey(pipeline), { note, expected }),
      1,
    ),
  ]
}
