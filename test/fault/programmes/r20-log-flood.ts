/**
 * R20: Redis dead, hanging, full, and PostgreSQL dead, with work in hand all the while. A worker says what is
 * wrong once a second and code, with how often it was; its log does not fill the disk.
 */
import type { Installation } from '../installation.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Accepted,
} from '../installation.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { inventNotes } from '../invented-notes.js'
import { densest, readLogs } from '../log-lines.js'
import { comparisonFigures } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { untilMoreDone } from '../progress.js'

interface Fault {
  readonly name: string
  readonly begin: (installation: Installation) => unknown
  readonly end: (installation: Installation) => unknown
}

const FAULTS: readonly Fault[] = [
  { name: 'Redis dead', begin: ({ redis }) => redis.kill9(), end: ({ redis }) => redis.restart() },
  {
    name: 'Redis hangs',
    begin: ({ redis }) => process.kill(redis.pid, 'SIGSTOP'),
    end: ({ redis }) => process.kill(redis.pid, 'SIGCONT'),
  },
  {
    name: 'Redis full',
    begin: ({ redis }) => redis.cli('config', 'set', 'maxmemory', '1mb'),
    end: ({ redis }) => redis.cli('config', 'set', 'maxmemory', '0'),
  },
  {
    name: 'PostgreSQL dead',
    begin: ({ postgres }) => postgres.kill9(),
    end: ({ postgres }) => postgres.restart(),
  },
]

const WORKERS = 2
/** A second, less the time between the decision to write a line and its time stamp. */
const WINDOW_MS = 950

export const programme: Programme = {
  id: 'R20',
  title: 'a minute of faults: a line a second and code, with a counter',
  run: context =>
    withInstallation(context, { workers: WORKERS }, async installation => ({
      figures: await runFaults(installation, context),
    })),
}

async function runFaults(installation: Installation, context: ProgrammeContext): Promise<Figure[]> {
  const { store } = installation.backends
  const faultMs = context.isFull ? 60_000 : 15_000 / FAULTS.length
  const each = context.isFull ? 2_000 : 300
  const notes = inventNotes(1 + FAULTS.length * each, context.random)
  const accepted: Accepted = await acceptAll(installation, store, notes.slice(0, 1))
  await untilMoreDone(store, 0)
  let seen = 0
  for (const [at, fault] of FAULTS.entries()) {
    const own = await acceptAll(installation, store, notes.slice(1 + at * each, 1 + (at + 1) * each))
    for (const [noteId, id] of own) accepted.set(noteId, id)
    const before = readLogs(installation.workers.files).lines.length
    await fault.begin(installation)
    await sleep(faultMs)
    const lines = readLogs(installation.workers.files).lines.length - before
    await fault.end(installation)
    context.tell(`${fault.name}: ${lines} lines of ${WORKERS} workers in ${faultMs / 1_000} s`)
    if (lines > 0) seen++
  }
  const isDone = await untilDone(store, 60_000)
  const logs = readLogs(installation.workers.files)
  const counted = logs.lines.filter(({ counter }) => counter > 1)
  const largest = Math.max(0, ...counted.map(({ counter }) => counter))
  context.tell(`${logs.lines.length} lines, ${counted.length} with a counter, the largest ${largest}`)
  const expected = await expectedResults(installation, notes)
  return [
    figureEqual('faults that were logged', seen, FAULTS.length),
    figureAtMost('lines a second, process and code', densest(logs, WINDOW_MS), 1),
    figureEqual('lines that are no event', logs.foreign, 0),
    figureEqual('a counter tells of the others', counted.length > 0 ? 1 : 0, 1),
    figureEqual('workers that died', installation.workers.ends().length, 0),
    figureEqual('all done', isDone ? 1 : 0, 1),
    ...comparisonFigures(await compareWithStore(store, installation, { accepted, expected })),
  ]
}
