/**
 * R17: PostgreSQL is killed five times while notes come in, fifty a second, and are coded. Whoever was told that
 * a note is accepted has its result in the end; who was not was told in time. And the embedded database belongs
 * to one process: a second one is told so, and by whom.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../../../src/store/store.js'
import { openAcknowledged, readAcknowledged } from '../acknowledged.js'
import { errorCodeOf, PROGRAM, runCommand } from '../command.js'
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
import { comparisonFigures } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { untilMoreDone, untilTrue } from '../progress.js'
import { startStream } from '../stream-of-notes.js'
import { withProcesses } from '../supervisor.js'

const KILLS = 5
const A_SECOND = 50
const ANSWERS_S = 2.5
const RECOVERS_S = 5
const SECOND_ENDS_S = 1
const DEAD_MS = 1_000
/** Between two rounds, so that the stream is not over before the last of them. */
const PAUSE_MS = 1_500

const SECOND_OPENERS = [['status'], ['worker'], ['submit', '-'], ['quarantine', 'list']]

export const programme: Programme = {
  id: 'R17',
  title: 'PostgreSQL killed five times; the embedded database opened twice',
  run: async context => ({
    figures: [
      ...(await withInstallation(context, { workers: 2 }, installation =>
        killPostgres(installation, context),
      )),
      ...(await openTwice(context)),
    ],
  }),
}

async function killPostgres(installation: Installation, context: ProgrammeContext): Promise<Figure[]> {
  const { backends, pipeline } = installation
  const { store } = backends
  const file = path.join(context.directory, 'acknowledged')
  const acknowledged = openAcknowledged(file)
  const accepted: Accepted = new Map()
  const seconds = context.isFull ? 60 : 20
  const notes = inventNotes(seconds * A_SECOND, context.random)
  const expected = await expectedResults(installation, notes)
  const stream = startStream({
    notes,
    everyMs: 1_000 / A_SECOND,
    pipeline,
    backends,
    onAccepted: (noteId, id) => {
      acknowledged.add([noteId])
      accepted.set(noteId, id)
    },
  })
  const recoveries = await killAgainAndAgain(installation, accepted, (seconds * 1_000) / KILLS)
  const { refused, slowestMs } = await stream
  acknowledged.close()
  context.tell(`accepted ${accepted.size}, refused ${JSON.stringify(refused)}`)
  const promised = readAcknowledged(file)
  // As its sender would: what was refused is sent again, and is the same note where it had been accepted after all.
  const known = new Set(accepted.values())
  const again = await acceptAll(
    installation,
    store,
    notes.filter(({ id }) => !known.has(id)),
  )
  for (const [noteId, id] of again) accepted.set(noteId, id)
  const isDone = await untilDone(store, 90_000)
  return [
    figureEqual('kills', recoveries.length, KILLS),
    figureEqual('acknowledged', promised.size, notes.length - again.size),
    figureEqual('other errors', Object.keys(refused).filter(code => code !== 'store-unavailable').length, 0),
    figureAtMost('slowest answer', slowestMs / 1_000, ANSWERS_S, 's'),
    figureAtMost(
      'accepts again after',
      Math.max(...recoveries.map(({ accepts }) => accepts)),
      RECOVERS_S,
      's',
    ),
    figureAtMost('codes again after', Math.max(...recoveries.map(({ codes }) => codes)), RECOVERS_S, 's'),
    figureEqual('all done', isDone ? 1 : 0, 1),
    ...comparisonFigures(await compareWithStore(store, installation, { accepted, expected })),
  ]
}

interface Recovery {
  /** Seconds from the start of PostgreSQL, its own recovery included. */
  readonly accepts: number
  readonly codes: number
}

async function killAgainAndAgain(
  { backends: { store }, postgres }: Installation,
  accepted: Accepted,
  everyMs: number,
): Promise<Recovery[]> {
  const recoveries: Recovery[] = []
  for (let round = 0; round < KILLS; round++) {
    const next = performance.now() + everyMs - PAUSE_MS
    await untilMoreDone(store, (await store.counts()).done)
    await postgres.kill9()
    const before = accepted.size
    await sleep(DEAD_MS)
    const started = performance.now()
    const seconds = (): number => (performance.now() - started) / 1_000
    await postgres.restart()
    const accepting = untilTrue(() => Promise.resolve(accepted.size > before), 60_000).then(seconds)
    const coding = untilCodes(store).then(seconds)
    recoveries.push({ accepts: await accepting, codes: await coding })
    await sleep(Math.max(0, next - performance.now()))
  }
  return recoveries
}

async function untilCodes(store: Store): Promise<void> {
  let done: number | null = null
  await untilTrue(async () => {
    const counts = await store.counts()
    done ??= counts.done
    return counts.done > done
  }, 60_000)
}

/** The second opener is refused by whatever command it is, and the first loses nothing. */
async function openTwice({ directory, random }: ProgrammeContext): Promise<Figure[]> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    CHARTCODE_DATA_DIR: path.join(directory, 'embedded'),
  }
  const notes = inventNotes(20, random)
  const input = notes.map(note => `${JSON.stringify(note)}\n`).join('')
  const submit = await runCommand(['submit', '-'], { env, input, limitMs: 60_000 })
  const logs = path.join(directory, 'embedded-worker')
  mkdirSync(logs)
  const command = { file: process.execPath, args: [PROGRAM, 'worker', '--jobs', '1'], env }
  const request = { count: 1, command: () => command, directory: logs, restartMs: null }
  const seconds = await withProcesses(request, async worker => {
    const log = worker.files.filter(file => file.endsWith('stderr'))
    await untilTrue(() => Promise.resolve(timesOf('worker-ready', readLogs(log)) > 0), 60_000)
    const ends = []
    for (const words of SECOND_OPENERS) ends.push(await runCommand(words, { env, input }))
    const pid = worker.pids()[0]
    const isNamed = ends.filter(
      end => end.code === 1 && errorCodeOf(end) === 'store-held' && end.err.includes(`process ${pid}`),
    )
    await worker.stop('SIGTERM')
    return { slowest: Math.max(...ends.map(({ endedMs }) => endedMs)) / 1_000, named: isNamed.length }
  })
  await runCommand(['worker', '--until-empty'], { env, limitMs: 60_000 })
  const status = await runCommand(['status'], { env, limitMs: 60_000 })
  const { notes: counts } = JSON.parse(status.out) as { notes: { accepted: number; done: number } }
  return [
    figureEqual('second openers refused, the holder named', seconds.named, SECOND_OPENERS.length),
    figureAtMost('slowest of them', seconds.slowest, SECOND_ENDS_S, 's'),
    figureEqual('embedded: submitted', submit.code ?? -1, 0),
    figureEqual('embedded: rows lost', notes.length - counts.accepted, 0),
    figureEqual('embedded: done', counts.done, notes.length),
  ]
}
