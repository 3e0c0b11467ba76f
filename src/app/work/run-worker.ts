/**
 * A worker process: takes work from the queue, codes it with its threads, commits results; and in rounds keeps
 * the queue filled from the store, finds jobs that were lost, and puts finished batches together. Only one
 * process at a time does the rounds; if it dies, another takes over when its lease is over.
 */
import { randomUUID } from 'node:crypto'
import type { Queue } from '../../queue/queue.js'
import type { Store } from '../../store/store.js'
import { ChartcodeError } from '../../model/errors.js'
import type { CodingJob } from '../coding/code-chunk.js'
import type { WorkerPool } from '../coding/worker-pool.js'
import type { Log } from '../log.js'
import { assemble } from './assemble.js'
import { codeWork, type CodeWork } from './code-work.js'
import { dispatch, reconcile } from './dispatch.js'
import { createKnownWork, type KnownWork } from './known-work.js'
import type { WorkerMetrics } from './metrics.js'
import { startRounds, type Rounds } from './rounds.js'

export interface WorkerRequest {
  readonly store: Store
  readonly queue: Queue
  readonly pool: WorkerPool
  readonly alone: { readonly code: CodeWork; readonly close: () => void }
  readonly keyOf: (job: CodingJob) => string
  /** Threads; as many jobs are taken at a time. */
  readonly jobs: number
  readonly log: Log
  readonly metrics: WorkerMetrics
  readonly onStep?: (step: string) => void
}

export interface RunningWorker {
  /** Fills the queue now, not in the next round. */
  readonly soon: () => void
  /** Takes nothing more, ends what is in hand, and is gone at the hard limit whatever happens. */
  readonly stop: (hardLimitMs: number) => Promise<void>
}

const ROUND_MS = 250
const RECONCILE_EVERY_MS = 1000
/** It counts rows. */
const SAMPLE_EVERY_MS = 5000
const LEASE_MS = 4000
/** A job more than threads waits with its note already read. */
const JOBS_AHEAD = 1

export async function runWorker(request: WorkerRequest): Promise<RunningWorker> {
  const { store, queue, log, metrics, jobs } = request
  const worker = randomUUID()
  const known = createKnownWork(store)
  const consumer = await queue.consume({
    concurrency: jobs + JOBS_AHEAD,
    handler: workId => handle(workId, { worker, known }, request),
    onError: (code, times) => {
      metrics.failed(code, times)
      log.warn('queue-error', { error: code, times })
    },
    onStalled: () => {
      metrics.stalled()
      log.warn('job-stalled')
    },
  })
  const rounds = startAllRounds(worker, request)
  log.info('worker-ready', { worker, threads: jobs, store: store.backend, queue: queue.backend })
  return {
    soon: () => {
      for (const { soon } of rounds) soon()
    },
    stop: async hardLimitMs => {
      log.info('worker-stopping')
      const ended = Promise.all([consumer.close(hardLimitMs), ...rounds.map(({ stop }) => stop())])
      await Promise.race([ended, after(hardLimitMs)])
      request.alone.close()
      await Promise.race([store.endLease('rounds', worker).catch(() => undefined), after(LAST_WORD_MS)])
      await request.pool.close()
      log.info('worker-stopped')
    },
  }
}

const LAST_WORD_MS = 500

async function handle(
  workId: string,
  self: { readonly worker: string; readonly known: KnownWork },
  request: WorkerRequest,
): Promise<void> {
  const { store, pool, alone, keyOf, log, metrics, onStep } = request
  const started = performance.now()
  try {
    await codeWork(workId, {
      ...self,
      store,
      code: pool.code,
      codeAlone: alone.code,
      keyOf,
      onStep,
      onDone: done => {
        metrics.done(done)
        if (done.what === 'quarantined' || done.reasons.length > 0)
          log.warn('quarantined', { workId, batchId: done.batchId, reasons: done.reasons })
        else if (done.what !== 'committed') log.warn(`work-${done.what}`, { workId })
      },
    })
    metrics.took((performance.now() - started) / 1000)
  } catch (error) {
    const code = codeOf(error)
    metrics.failed(code)
    log.warn('work-failed', { workId, error: code })
    throw error
  }
}

function startAllRounds(worker: string, request: WorkerRequest): readonly Rounds[] {
  const { store, queue, log, metrics } = request
  const onError = (error: unknown): void => {
    metrics.failed(codeOf(error))
    log.warn('round-failed', { error: codeOf(error) })
  }
  let reconciled = 0
  const fill = async (): Promise<void> => {
    if (!(await store.takeLease({ name: 'rounds', holder: worker, milliseconds: LEASE_MS }))) return
    if (performance.now() - reconciled >= RECONCILE_EVERY_MS) {
      const lost = await reconcile({ store, queue })
      reconciled = performance.now()
      if (lost > 0) {
        metrics.lost(lost)
        log.warn('jobs-lost', { jobs: lost })
      }
    }
    metrics.dispatched(await dispatch({ store, queue }))
  }
  const finish = async (): Promise<void> => {
    for (const batchId of await store.codedBatches(BATCHES)) await finishBatch(batchId, worker, request)
  }
  const sample = async (): Promise<void> => {
    const [counts, level, work] = await Promise.all([queue.counts(), queue.level(), store.counts()])
    metrics.sample({ queue: counts, level, work })
  }
  return [
    startRounds({ everyMs: ROUND_MS, round: fill, onError }),
    startRounds({ everyMs: ROUND_MS, round: finish, onError }),
    startRounds({ everyMs: SAMPLE_EVERY_MS, round: sample, onError }),
  ]
}

/** Batches a round. */
const BATCHES = 20

/**
 * Under a lease that is renewed while it goes on. A process that was stopped in the middle and wakes up beside
 * its successor does no harm: both write the same bytes to the same places.
 */
async function finishBatch(batchId: string, worker: string, request: WorkerRequest): Promise<void> {
  const { store, log, onStep } = request
  const lease = { name: `assemble ${batchId}`, holder: worker, milliseconds: LEASE_MS }
  if (!(await store.takeLease(lease))) return
  const renewal = setInterval(() => void store.takeLease(lease).catch(() => undefined), LEASE_MS / 4)
  try {
    const batch = await store.batch(batchId)
    if (batch?.state !== 'coded') return
    const { counts } = await assemble(batch, { store, onStep })
    log.info('batch-finished', { batchId, ...counts })
  } finally {
    clearInterval(renewal)
    await store.endLease(lease.name, worker).catch(() => undefined)
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ChartcodeError) return error.code
  return error instanceof Error ? error.name : 'error'
}

function after(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds).unref())
}
