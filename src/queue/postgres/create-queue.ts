/**
 * The queue in PostgreSQL, or in the PGlite of this process: BullMQ's own backend over the store's pool.
 * BullMQ remembers for ever that a first connection failed, so nothing of it is made before the tables are
 * known to be there, and what failed is made again with the next call.
 */
import { createPostgresBackend, Queue as BullQueue, Worker, type Processor } from 'bullmq'
import type { ChartcodeError } from '../../model/errors.js'
import { startConsumer, type OpenWorker } from '../consumer.js'
import { settlesWithin, within } from '../deadline.js'
import { addJobs, countJobs, type Producer } from '../producer.js'
import type { ConsumeRequest, Consumer, Queue } from '../queue.js'
import { EVENTS_KEPT, jobIdOf, QUEUE_NAME, WORKER_SETTINGS, workIdOf } from '../work-job.js'
import { codeOf, postgresError } from './errors.js'
import { guardPool, type QueuePool } from './pool.js'
import { prepareTables } from './prepare.js'

export interface PostgresQueueSettings {
  readonly backend: 'postgres' | 'pglite'
  /** Stays open when the queue is closed. */
  readonly pool: QueuePool
}

const ANSWERS_WITHIN_MS = 2_500
const QUEUE_OPTIONS = {
  streams: { events: { maxLen: EVENTS_KEPT } },
  // As options of the job they delete one row by its key; as the worker's they search the finished ones.
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
}
const late = (): ChartcodeError => postgresError(undefined)

export function createPostgresQueue({ backend, pool }: PostgresQueueSettings): Queue {
  let opened: Promise<Producer> | null = null
  const open = (): Promise<Producer> => {
    opened ??= openBull(pool).catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  const ask = async <T>(question: (bull: Producer) => Promise<T>): Promise<T> => {
    const bull = await open()
    return within(ANSWERS_WITHIN_MS, question(bull), late).catch((error: unknown) => {
      throw postgresError(error)
    })
  }
  return {
    backend,
    check: () => ask(() => pool.query('SELECT 1').then(() => undefined)),
    add: work => addJobs(work, jobs => ask(bull => bull.addBulk(jobs))),
    alive: workIds => ask(() => aliveInPostgres(pool, workIds)),
    counts: () => ask(countJobs),
    level: async () => ({ used: await ask(() => usedBytes(pool)), limit: null }),
    consume: async request => {
      await open()
      return consume(pool, request)
    },
    close: async () => {
      const bull = await opened?.catch(() => null)
      if (bull != null) await settlesWithin(ANSWERS_WITHIN_MS / 2, bull.close())
    },
  }
}

async function openBull(pool: QueuePool): Promise<Producer> {
  await prepareTables(pool)
  const options = { connection: guardPool(pool, () => undefined), ...QUEUE_OPTIONS }
  const bull = new BullQueue(QUEUE_NAME, options, createPostgresBackend)
  bull.on('error', () => undefined)
  await within(ANSWERS_WITHIN_MS, bull.waitUntilReady(), late).catch(async (error: unknown) => {
    await bull.close()
    throw postgresError(error)
  })
  return bull
}

async function consume(pool: QueuePool, request: ConsumeRequest): Promise<Consumer> {
  let ready: Promise<void> = Promise.resolve()
  const open = (processor: Processor): OpenWorker => {
    const connection = guardPool(pool, error => worker.emit('error', error))
    const options = { connection, concurrency: request.concurrency, ...WORKER_SETTINGS }
    const worker = new Worker(QUEUE_NAME, processor, options, createPostgresBackend)
    ready = worker.waitUntilReady()
    return { worker, disconnect: () => void worker.disconnect().catch(() => undefined) }
  }
  const consumer = startConsumer({ request, open, codeOf })
  await within(ANSWERS_WITHIN_MS, ready, late).catch(async (error: unknown) => {
    await consumer.close(0)
    throw postgresError(error)
  })
  return consumer
}

/** By the tables of BullMQ 6, in one round trip. */
async function aliveInPostgres(pool: QueuePool, workIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM bullmq.job
      WHERE queue = $1 AND id = ANY($2::text[]) AND state IN ('waiting', 'delayed', 'active')`,
    [QUEUE_NAME, workIds.map(jobIdOf)],
  )
  return new Set(rows.map(({ id }) => workIdOf(id)))
}

async function usedBytes(pool: QueuePool): Promise<number> {
  const { rows } = await pool.query<{ used: string }>(
    `SELECT sum(pg_total_relation_size(oid))::text AS used FROM pg_class
      WHERE relnamespace = 'bullmq'::regnamespace AND relkind = 'r'`,
  )
  return Number(rows[0]?.used ?? 0)
}
