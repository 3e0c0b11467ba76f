/**
 * PGlite in this process as the pool that the queue takes: one connection, statements one after the other,
 * a client that said BEGIN alone until COMMIT or ROLLBACK. The store has the real one, in a thread.
 */
import { EventEmitter } from 'node:events'
import { PGlite } from '@electric-sql/pglite'
import type { QueueClient, QueuePool } from '../../src/queue/postgres/pool.js'

type Result = { rows: Record<string, unknown>[] }

export interface PglitePool {
  readonly pool: QueuePool
  readonly close: () => Promise<void>
}

/** Without a directory it lives in memory. */
export async function openPglitePool(directory?: string): Promise<PglitePool> {
  const database = directory === undefined ? new PGlite() : new PGlite(directory)
  await database.waitReady
  await database.exec('SET search_path = bullmq, public')
  const clients = new Set<EventEmitter>()
  await database.listen('bullmq_jobs', payload => {
    for (const client of clients) client.emit('notification', { channel: 'bullmq_jobs', payload })
  })
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work)
    turn = next
    return next
  }
  const run = async (text: string, values: readonly unknown[] = []): Promise<Result> => {
    if (/^\s*(--.*\n\s*)*LISTEN/i.test(text)) return { rows: [] }
    if (values.length > 0) return await database.query(text, [...values])
    return (await database.exec(text)).at(-1) ?? { rows: [] }
  }
  const connect = (): Promise<QueueClient> => Promise.resolve(createClient(run, inTurn, clients))
  const pool = {
    query: (text: string, values?: readonly unknown[]) => inTurn(() => run(text, values)),
    connect,
  }
  return { pool: pool as unknown as QueuePool, close: () => database.close() }
}

function createClient(
  run: (text: string, values?: readonly unknown[]) => Promise<Result>,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  clients: Set<EventEmitter>,
): QueueClient {
  const emitter = new EventEmitter()
  clients.add(emitter)
  let leave: (() => void) | null = null
  const query = async (text: string, values?: readonly unknown[]): Promise<Result> => {
    if (/^\s*BEGIN/i.test(text))
      await new Promise<void>(entered => {
        void inTurn(() => {
          entered()
          return new Promise<void>(left => {
            leave = left
          })
        })
      })
    if (leave === null) return inTurn(() => run(text, values))
    try {
      return await run(text, values)
    } finally {
      if (/^\s*(COMMIT|ROLLBACK)/i.test(text)) leave()
      if (/^\s*(COMMIT|ROLLBACK)/i.test(text)) leave = null
    }
  }
  const release = (): void => {
    clients.delete(emitter)
    leave?.()
  }
  return Object.assign(emitter, { query, release }) as unknown as QueueClient
}
