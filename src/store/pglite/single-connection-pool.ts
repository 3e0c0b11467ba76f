/**
 * One connection → an object that looks like `pg.Pool` to the store and to BullMQ.
 * Any number of clients is given out at once, since BullMQ keeps one for ever to listen on. Each statement
 * waits for its turn; a client that says BEGIN keeps the turn until COMMIT or ROLLBACK, or until it is given
 * back. Notifications reach every client: BullMQ's listeners look at the channel's name anyway.
 */
import { EventEmitter } from 'node:events'
import type { DatabasePool, PoolClient, PoolRows } from '../database.js'
import type { DatabaseThread } from './database-thread.js'
import { createTurnstile, type Turnstile } from './turnstile.js'

export function createSingleConnectionPool(thread: DatabaseThread): DatabasePool {
  const turnstile = createTurnstile()
  const clients = new Set<EventEmitter>()
  thread.onNotification((channel, payload) => {
    for (const client of clients) client.emit('notification', { channel, payload })
  })
  let ending: Promise<void> | undefined
  const end = async (): Promise<void> => {
    // Whoever is in the middle of a statement or a transaction finishes it first.
    const leave = await turnstile.enter()
    await thread.close()
    leave()
  }
  const pool = {
    // BullMQ asks this of a pool: a connection inside the process cannot drop unnoticed.
    options: { keepAlive: true },
    query: async (text: string, values: readonly unknown[] = []) => {
      const leave = await turnstile.enter()
      try {
        return await thread.query(text, values)
      } finally {
        leave()
      }
    },
    connect: () => Promise.resolve(createClient(thread, turnstile, clients)),
    end: () => (ending ??= end()),
  }
  return Object.assign(new EventEmitter(), pool) as unknown as DatabasePool
}

function createClient(thread: DatabaseThread, turnstile: Turnstile, clients: Set<EventEmitter>): PoolClient {
  const emitter = new EventEmitter()
  clients.add(emitter)
  /** Ends the turn of the transaction this client is in; null outside of one. */
  let leaveTransaction: (() => void) | null = null
  const leave = (): void => {
    leaveTransaction?.()
    leaveTransaction = null
  }
  const query = async (text: string, values: readonly unknown[] = []): Promise<PoolRows<unknown>> => {
    if (leaveTransaction === null) {
      const leaveTurn = await turnstile.enter()
      if (/^\s*BEGIN\b/i.test(text)) leaveTransaction = leaveTurn
      return thread.query(text, values).finally(leaveTransaction === null ? leaveTurn : undefined)
    }
    const isEnd = /^\s*(COMMIT|ROLLBACK)\s*;?\s*$/i.test(text)
    return thread.query(text, values).finally(isEnd ? leave : undefined)
  }
  const release = (): void => {
    clients.delete(emitter)
    if (leaveTransaction !== null) void query('ROLLBACK').catch(() => undefined)
  }
  return Object.assign(emitter, { query, release }) as unknown as PoolClient
}
