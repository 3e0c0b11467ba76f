/**
 * R13: nobody knows what became of a call. Every call of a worker's store and queue fails at the rates of R13,
 * before its effect, after it, or with either and late; and beneath, the network swallows answers of Redis
 * and PostgreSQL and cuts the connection, also those of which only BullMQ knows. So does the producer's store.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readAttempts } from '../attempts.js'
import { batchAlone, differingFiles, untilFinished } from '../batch-alone.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Installation,
  type Servers,
  type Urls,
} from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { comparisonFigures, conservationFigures, sampleConservation } from '../oracle.js'
import { figureEqual, type Figure, type Programme, type ProgrammeContext } from '../programme.js'
import { startProxy, type Proxy } from '../proxy.js'
import type { Random } from '../random.js'
import { countFailures, unreliableBackends, type FailureCounts } from '../unreliable-backends.js'
import { submitBatch } from '../../../src/app/work/submit-batch.js'
import { PRIORITIES } from '../../../src/store/store.js'

const WORKERS = 4
/** A worker: most of its time goes by in waiting for calls that fail. */
const THREADS = '3'
const ENTRY = path.join(import.meta.dirname, '..', 'entries', 'unreliable-worker.ts')
/** By chunk of bytes from the server; a call's answer is most often one. */
const DROPPED = { dropReplyChance: 0.05 }
/** Notes a call of the producer: small, so that many of its calls fail too. */
const PAGE = 20
const STOP_MS = 10_000
const LIMIT_MS = 600_000

export const programme: Programme = {
  id: 'R13',
  title: 'ambiguous writes: calls that took effect and failed, and others',
  run: async context => {
    const proxies: Proxy[] = []
    const request = {
      workers: WORKERS,
      urls: async (servers: Servers) => {
        const { urls, opened } = await throughProxies(servers, context.random.fork())
        proxies.push(...opened)
        return urls
      },
      command: (_: readonly string[], slot: number) => ({
        file: process.execPath,
        args: ['--import', 'tsx', ENTRY, String(context.seed + slot), THREADS],
      }),
    }
    try {
      return await withInstallation(context, request, async installation => ({
        figures: await run(context, installation, proxies),
      }))
    } finally {
      await Promise.all(proxies.map(proxy => proxy.close()))
    }
  },
}

async function throughProxies(
  { redis, postgres }: Servers,
  random: Random,
): Promise<{ readonly urls: Urls; readonly opened: readonly Proxy[] }> {
  const opened: Proxy[] = []
  const through = async (address: string): Promise<string> => {
    const url = new URL(address)
    const proxy = await startProxy({ host: '127.0.0.1', port: Number(url.port) }, random.fork())
    await proxy.set(DROPPED)
    opened.push(proxy)
    url.port = String(proxy.port)
    return url.href
  }
  const urls = { redisUrl: await through(redis.url), databaseUrl: await through(postgres.url) }
  return { urls, opened }
}

async function run(
  context: ProgrammeContext,
  installation: Installation,
  proxies: readonly Proxy[],
): Promise<readonly Figure[]> {
  const [count, inBatch] = context.isFull ? [20_000, 4_000] : [3_000, 600]
  const { workers, postgres, pipeline } = installation
  const { store } = installation.backends
  const sampler = sampleConservation(store.counts)
  const own = countFailures()
  const producer = unreliableBackends(installation.backends, context.random.fork(), own.count)
  const notes = inventNotes(count, context.random)
  const { input, alone } = await batchAlone(context, installation, inBatch)
  const expected = await expectedResults(installation, notes)
  const started = performance.now()
  const accepted = await acceptAll(installation, producer.store, notes, PAGE)
  const out = path.join(context.directory, 'queued')
  const job = { pipeline, facility: '', priority: PRIORITIES.bulk }
  const { batchId, chunks } = await submitBatch({ ...job, store: producer.store, paths: [input], out })
  const isDone = await untilDone(store, LIMIT_MS)
  const isFinished = await untilFinished(store, batchId)
  context.tell(`${((performance.now() - started) / 1_000).toFixed(1)} s`)
  const comparison = await compareWithStore(store, installation, { accepted, expected })
  const attempts = (await readAttempts(postgres.url)).length - count - chunks
  const hasStopped = await workers.stop('SIGTERM', STOP_MS)
  const counts = sum([own.counts(), ...readCounts(workers.files)])
  const cut = proxies.reduce((total, proxy) => total + proxy.counts().resets, 0)
  context.tell(
    `calls that failed: ${JSON.stringify(counts)}; answers swallowed: ${cut}; executed again: ${attempts}`,
  )
  return [
    figureEqual('notes done', isDone ? count : 0, count),
    ...comparisonFigures(comparison),
    figureEqual('batches finished', isFinished ? 1 : 0, 1),
    figureEqual('files that are not those of batch', differingFiles(alone, out).length, 0),
    ...Object.entries(counts).map(([kind, times]) => atLeast(kind, times, count / 20)),
    atLeast('answers swallowed', cut, count / 20),
    figureEqual('workers that did not stop', hasStopped ? 0 : 1, 0),
    ...conservationFigures(await sampler.stop()),
  ]
}

/** A trial in which little failed says nothing: a note takes two calls of the store at least. */
function atLeast(name: string, value: number, goal: number): Figure {
  return { name, value: String(value), goal: `≥ ${goal}`, holds: value >= goal }
}

function readCounts(files: readonly string[]): readonly FailureCounts[] {
  return files
    .filter(file => file.endsWith('.stdout'))
    .flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as FailureCounts)
}

function sum(all: readonly FailureCounts[]): FailureCounts {
  return all.reduce((total, one) => ({
    refused: total.refused + one.refused,
    'reply lost': total['reply lost'] + one['reply lost'],
    timeout: total.timeout + one.timeout,
  }))
}
