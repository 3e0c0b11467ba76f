/**
 * R5: Redis refuses connections, swallows everything, takes five seconds; notes come in all the while, fifty a
 * second into a process that runs, and one into a process that is started. The store takes every one of them
 * in time, and the workers go on when Redis is back.
 */
import path from 'node:path'
import { openBackends, type Backends } from '../../../src/app/backends.js'
import type { Note } from '../../../src/model/note.js'
import { openAcknowledged, readAcknowledged } from '../acknowledged.js'
import { runCommand } from '../command.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  settingsOf,
  untilDone,
  withInstallation,
  type Accepted,
  type Installation,
} from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { comparisonFigures } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { CLEAR, startProxy, type NetworkConditions, type Proxy } from '../proxy.js'
import { untilMoreDone } from '../progress.js'
import { startStream, type StreamEnd } from '../stream-of-notes.js'

const A_SECOND = 50
const ANSWERS_S = 2.5
const RESUMES_S = 3

/** Slow is two and a half seconds in each direction. */
const OUTAGES: readonly (readonly [string, Partial<NetworkConditions>])[] = [
  ['closed port', { isRefused: true }],
  ['black hole', { isBlackhole: true }],
  ['slow', { latencyMs: 2_500 }],
]

interface Trial {
  readonly context: ProgrammeContext
  readonly installation: Installation
  readonly producer: Backends
  readonly proxy: Proxy
}

interface Outage extends StreamEnd {
  readonly submitCode: number | null
  readonly submitMs: number
  readonly resumedMs: number
}

export const programme: Programme = {
  id: 'R5',
  title: 'Redis unreachable: notes are accepted all the same, and coded when it is back',
  run: async context => {
    const proxies: Proxy[] = []
    const urls = async ({ redis }: { readonly redis: { readonly port: number } }) => {
      const proxy = await startProxy({ port: redis.port, host: '127.0.0.1' }, context.random.fork())
      proxies.push(proxy)
      return { redisUrl: urlOf(proxy) }
    }
    try {
      return await withInstallation(context, { workers: 2, urls }, async installation => {
        const proxy = proxies[0] as Proxy
        const own = { redisUrl: urlOf(proxy), databaseUrl: installation.postgres.url }
        const producer = await openBackends(settingsOf(own, installation.dataDirectory))
        try {
          return { figures: await runOutages({ context, installation, producer, proxy }) }
        } finally {
          await producer.close()
        }
      })
    } finally {
      for (const proxy of proxies) await proxy.close()
    }
  },
}

function urlOf({ port }: Proxy): string {
  return `redis://127.0.0.1:${port}`
}

async function runOutages(trial: Trial): Promise<readonly Figure[]> {
  const { context, installation } = trial
  const { store } = installation.backends
  const each = (context.isFull ? 30 : 4) * A_SECOND + 1
  const [first, ...notes] = inventNotes(1 + OUTAGES.length * each, context.random)
  if (first === undefined) return []
  const expected = await expectedResults(installation, [first, ...notes])
  const accepted = await acceptAll(installation, store, [first])
  await untilMoreDone(store, 0)
  const outages: Outage[] = []
  for (const [at, [name, conditions]] of OUTAGES.entries()) {
    const outage = await breakAndMend(trial, conditions, notes.slice(at * each, (at + 1) * each), accepted)
    const { slowestMs, submitMs, resumedMs } = outage
    context.tell(`${name}: slowest ${slowestMs} ms, submit ${submitMs} ms, resumed ${resumedMs} ms`)
    outages.push(outage)
  }
  const isDone = await untilDone(store, 60_000)
  const most = (figure: (outage: Outage) => number): number => Math.max(...outages.map(figure)) / 1_000
  const streamed = notes.length - OUTAGES.length
  const promised = readAcknowledged(path.join(context.directory, 'acknowledged'))
  return [
    figureEqual(
      'accepted',
      outages.reduce((sum, outage) => sum + outage.accepted, 0),
      streamed,
    ),
    figureEqual('acknowledged', promised.size, streamed),
    figureAtMost(
      'slowest answer',
      most(outage => outage.slowestMs),
      ANSWERS_S,
      's',
    ),
    figureEqual(
      'submit ended with 0',
      outages.filter(outage => outage.submitCode === 0).length,
      OUTAGES.length,
    ),
    figureAtMost(
      'submit answered',
      most(outage => outage.submitMs),
      ANSWERS_S,
      's',
    ),
    figureAtMost(
      'first note coded after return',
      most(outage => outage.resumedMs),
      RESUMES_S,
      's',
    ),
    figureEqual('all done', isDone ? 1 : 0, 1),
    ...comparisonFigures(await compareWithStore(store, installation, { accepted, expected })),
  ]
}

async function breakAndMend(
  { context, installation, producer, proxy }: Trial,
  conditions: Partial<NetworkConditions>,
  [one, ...notes]: readonly Note[],
  accepted: Accepted,
): Promise<Outage> {
  const { store } = installation.backends
  await proxy.set(conditions)
  const acknowledged = openAcknowledged(path.join(context.directory, 'acknowledged'))
  const stream = startStream({
    notes,
    everyMs: 1_000 / A_SECOND,
    pipeline: installation.pipeline,
    backends: producer,
    onAccepted: (noteId, id) => {
      acknowledged.add([noteId])
      accepted.set(noteId, id)
    },
  })
  const [submit, end] = await Promise.all([submitOne(one, installation, accepted), stream])
  acknowledged.close()
  const { done } = await store.counts()
  const returned = performance.now()
  await proxy.set(CLEAR)
  await untilMoreDone(store, done)
  return { ...end, ...submit, resumedMs: Math.round(performance.now() - returned) }
}

async function submitOne(
  note: Note | undefined,
  { env }: Installation,
  accepted: Accepted,
): Promise<Pick<Outage, 'submitCode' | 'submitMs'>> {
  const input = `${JSON.stringify(note)}\n`
  const { code, out, answeredMs } = await runCommand(['submit', '-'], { env, input })
  const { noteId } = out === '' ? {} : (JSON.parse(out) as { noteId?: string })
  if (noteId !== undefined) accepted.set(noteId, note?.id ?? '')
  return { submitCode: code, submitMs: Math.round(answeredMs ?? Infinity) }
}
