/**
 * R9: a worker is told to end with work in hand: while all is well, told twice, while Redis is dead or hangs, and
 * while PostgreSQL is dead. It is gone in time with the right code, and its work is done by the next one.
 */
import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Note } from '../../../src/model/note.js'
import { PROGRAM } from '../command.js'
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
import { readLogs, timesOf } from '../log-lines.js'
import { comparisonFigures, type Comparison } from '../oracle.js'
import { figureAtMost, figureEqual, type Programme, type ProgrammeContext } from '../programme.js'
import { untilMoreDone } from '../progress.js'

interface Row {
  readonly name: string
  /** Before the signal, and undone after the end. */
  readonly fault?: (installation: Installation) => Promise<void> | void
  readonly mend?: (installation: Installation) => Promise<void> | void
  readonly signals: number
  /** As documented: 0, and 1 for the second signal, which does not wait. */
  readonly code: number
  /** A job that could not be told to Redis any more is given out again, and found to be done. */
  readonly mayStall: boolean
}

const ROWS: readonly (readonly Row[])[] = [
  [
    { name: 'all is well', signals: 1, code: 0, mayStall: false },
    { name: 'told twice', signals: 2, code: 1, mayStall: true },
  ],
  [
    {
      name: 'Redis dead',
      fault: ({ redis }) => redis.kill9(),
      mend: ({ redis }) => redis.restart(),
      signals: 1,
      code: 0,
      mayStall: true,
    },
    {
      name: 'Redis hangs',
      fault: ({ redis }) => void process.kill(redis.pid, 'SIGSTOP'),
      mend: ({ redis }) => void process.kill(redis.pid, 'SIGCONT'),
      signals: 1,
      code: 0,
      mayStall: true,
    },
  ],
  [
    {
      name: 'PostgreSQL dead',
      fault: ({ postgres }) => postgres.kill9(),
      mend: ({ postgres }) => postgres.restart(),
      signals: 1,
      code: 0,
      mayStall: false,
    },
  ],
]

const ENDS_WITHIN_S = 10
const LIMIT_MS = 20_000

interface Ended {
  readonly row: Row
  readonly code: number | null
  readonly seconds: number
  readonly stalled: number
  readonly comparison: Comparison
  readonly isDone: boolean
}

export const programme: Programme = {
  id: 'R9',
  title: 'workers told to end with work in hand: gone in time, nothing lost',
  run: async context => {
    // Beside each other: most of the time is the waiting of those that have nobody to wait for.
    const ended = (await Promise.all(ROWS.map((rows, at) => runRows(rows, context, at)))).flat()
    for (const { row, code, seconds, stalled } of ended)
      context.tell(`${row.name}: code ${code} after ${seconds.toFixed(1)} s, ${stalled} stalled`)
    return {
      figures: [
        ...ended.map(({ row, code }) => figureEqual(`code (${row.name})`, code ?? -1, row.code)),
        figureAtMost('slowest end', Math.max(...ended.map(({ seconds }) => seconds)), ENDS_WITHIN_S, 's'),
        figureEqual('stalled where nothing was dead', sum(ended.filter(({ row }) => !row.mayStall)), 0),
        figureEqual('all done', ended.filter(({ isDone }) => isDone).length, ROWS.flat().length),
        ...comparisonFigures(joined(ended.map(({ comparison }) => comparison))),
      ],
    }
  },
}

function sum(ended: readonly Ended[]): number {
  return ended.reduce((total, { stalled }) => total + stalled, 0)
}

function joined(all: readonly Comparison[]): Comparison {
  return {
    lost: all.flatMap(({ lost }) => lost),
    duplicated: all.flatMap(({ duplicated }) => duplicated),
    corrupted: all.flatMap(({ corrupted }) => corrupted),
    unexpected: all.flatMap(({ unexpected }) => unexpected),
    wronglyQuarantined: all.flatMap(({ wronglyQuarantined }) => wronglyQuarantined),
  }
}

async function runRows(rows: readonly Row[], context: ProgrammeContext, at: number): Promise<Ended[]> {
  const directory = path.join(context.directory, String(at))
  mkdirSync(directory)
  const random = context.random.fork()
  return withInstallation({ ...context, random, directory }, { workers: 0 }, async installation => {
    const accepted: Accepted = new Map()
    const ended: Ended[] = []
    let number = 0
    for (const row of rows) {
      const notes = inventNotes(context.isFull ? 2_000 : 150, random).map(note => lengthened(note, number++))
      ended.push(await runRow(row, { installation, directory, notes, accepted }))
    }
    return ended
  })
}

/** So long that some are in hand at any moment. */
function lengthened(note: Note, number: number): Note {
  return { ...note, id: `${note.id}-${number}`, text: note.text.repeat(60) }
}

interface RowParts {
  readonly installation: Installation
  readonly directory: string
  readonly notes: readonly Note[]
  readonly accepted: Accepted
}

async function runRow(row: Row, { installation, directory, notes, accepted }: RowParts): Promise<Ended> {
  const { backends, env } = installation
  const { store } = backends
  const before = (await store.counts()).done
  const expected = await expectedResults(installation, notes)
  const own = await acceptAll(installation, store, notes)
  for (const [noteId, id] of own) accepted.set(noteId, id)
  const first = start(env, path.join(directory, `${row.name}-first`))
  await untilMoreDone(store, before)
  await row.fault?.(installation)
  const started = performance.now()
  const code = await end(first.child, row.signals)
  const seconds = (performance.now() - started) / 1_000
  await row.mend?.(installation)
  const next = start(env, path.join(directory, `${row.name}-next`))
  const isDone = await untilDone(store, 120_000)
  await end(next.child, 1)
  const comparison = await compareWithStore(store, installation, { accepted, expected })
  // Those of the rows before are not expected here, and were judged there.
  const others = new Set([...accepted.values()].filter(id => !expected.has(id)))
  const unexpected = comparison.unexpected.filter(id => !others.has(id))
  const stalled = timesOf('job-stalled', readLogs([first.log, next.log]))
  return { row, code, seconds, stalled, isDone, comparison: { ...comparison, unexpected } }
}

function start(
  env: Installation['env'],
  log: string,
): { readonly child: ChildProcess; readonly log: string } {
  const descriptor = openSync(log, 'a', 0o600)
  const child = spawn(process.execPath, [PROGRAM, 'worker', '--jobs', '2'], {
    env,
    stdio: ['ignore', 'ignore', descriptor],
  })
  closeSync(descriptor)
  return { child, log }
}

/** Null where it had to be killed. */
async function end(child: ChildProcess, signals: number): Promise<number | null> {
  const gone = once(child, 'exit')
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  for (let sent = 0; sent < signals; sent++) {
    // Two signals at the same moment would arrive as one.
    if (sent > 0) await sleep(5)
    child.kill('SIGTERM')
  }
  const [code] = (await gone) as [number | null]
  clearTimeout(limit)
  return code
}
