/**
 * The pool of connections as BullMQ sees it. The pool belongs to the store: it is neither closed nor listened
 * to here. Every query ends in time, also where PostgreSQL went away without a word.
 *
 * A lost connection is thrown as `ECONNREFUSED`, because that is the word for which BullMQ's worker waits
 * before it tries again; any other error it would meet in a loop.
 */
import { ChartcodeError } from '../../model/errors.js'
import { within } from '../deadline.js'
import { isSqlError, postgresError } from './errors.js'

/** The part of `pg.Pool` that a queue needs; the store's pools have it. */
export interface QueuePool {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>
  /** Unqualified names are looked up in schema `bullmq` first. */
  connect(): Promise<QueueClient>
}

export interface QueueClient {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>
  release(destroy?: boolean): void
  on(event: 'notification', listener: (message: { channel: string; payload?: string }) => void): this
  on(event: 'error', listener: (error: Error) => void): this
  on(event: 'end', listener: () => void): this
  removeListener(
    event: 'notification',
    listener: (message: { channel: string; payload?: string }) => void,
  ): this
  removeAllListeners(event?: string): this
}

/** What BullMQ asks of a pool. */
export interface GuardedPool extends QueuePool {
  readonly options: { readonly keepAlive: boolean }
  end(): Promise<void>
  on(): this
  removeAllListeners(): this
}

/** The longest of them adds 500 jobs, in some 50 ms. */
const QUERY_ENDS_WITHIN_MS = 5_000

export function guardPool(pool: QueuePool, onLost: (error: ChartcodeError) => void): GuardedPool {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await within(QUERY_ENDS_WITHIN_MS, work, () => postgresError(undefined))
    } catch (error) {
      if (isSqlError(error)) throw error
      onLost(postgresError(error))
      throw new ChartcodeError('queue-unavailable', 'PostgreSQL does not answer (ECONNREFUSED)')
    }
  }
  return {
    // Without it BullMQ asks a listening connection to look around every ten seconds.
    options: { keepAlive: true },
    query: (text, values) => guard(pool.query(text, values)),
    connect: () => guard(pool.connect()),
    end: () => Promise.resolve(),
    on() {
      return this
    },
    removeAllListeners() {
      return this
    },
  }
}
