/**
 * The embedded database's thread, seen from the process: numbered statements go out, rows come back.
 * Comes in: the directory and the thread's script. An error has the SQLSTATE in `code` and a message that
 * holds nothing of the statement. When the thread ends, whoever waits gets an error without SQLSTATE, which
 * `toStoreError` takes for a lost connection.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ChartcodeError } from '../../model/errors.js'
import type { PoolRows } from '../database.js'
import type { DatabaseThreadStart, FromThread, ThreadError, ToThread } from './thread-messages.js'

export interface DatabaseThread {
  readonly query: (text: string, values: readonly unknown[]) => Promise<PoolRows<Record<string, unknown>>>
  readonly onNotification: (listener: (channel: string, payload: string) => void) => void
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly resolve: (rows: PoolRows<Record<string, unknown>>) => void
  readonly reject: (error: Error) => void
}

/** The first start writes a database of some 40 MB; 9 s were seen on a busy machine. */
const START_MS = 60_000
/** A statement of the embedded database cannot be cancelled; this only bounds how long one waits for it. */
const ANSWER_MS = 30_000
const CLOSE_MS = 10_000

export async function startDatabaseThread(directory: string, file: string): Promise<DatabaseThread> {
  const start: DatabaseThreadStart = { directory }
  const worker = new Worker(file, { workerData: start, name: 'chartcode-database' })
  const waiting = new Map<number, Waiting>()
  const listeners: ((channel: string, payload: string) => void)[] = []
  let count = 0
  let hasEnded = false

  worker.on('message', (message: FromThread) => {
    if (message.kind === 'notification')
      listeners.forEach(listener => listener(message.channel, message.payload))
    if (message.kind !== 'rows' && message.kind !== 'failed') return
    const asker = waiting.get(message.number)
    waiting.delete(message.number)
    if (message.kind === 'rows') asker?.resolve({ rows: [...message.rows], rowCount: message.rowCount })
    else asker?.reject(databaseError(message.error))
  })
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    hasEnded = true
    for (const { reject } of waiting.values()) reject(hasStopped())
    waiting.clear()
  })
  await becomesReady(worker)

  const query: DatabaseThread['query'] = (text, values) =>
    new Promise((resolve, reject) => {
      if (hasEnded) return reject(hasStopped())
      const number = ++count
      const timer = setTimeout(() => {
        waiting.delete(number)
        reject(
          new ChartcodeError('store-unavailable', `the embedded database took more than ${ANSWER_MS} ms`),
        )
      }, ANSWER_MS)
      const settle = <A>(end: (answer: A) => void) => {
        return (answer: A) => {
          clearTimeout(timer)
          end(answer)
        }
      }
      waiting.set(number, { resolve: settle(resolve), reject: settle(reject) })
      worker.postMessage({ kind: 'query', number, text, values } satisfies ToThread)
    })

  return {
    query,
    onNotification: listener => listeners.push(listener),
    close: async () => {
      if (hasEnded) return
      const ended = once(worker, 'exit')
      worker.postMessage({ kind: 'close' } satisfies ToThread)
      const timer = setTimeout(() => void worker.terminate(), CLOSE_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

async function becomesReady(worker: Worker): Promise<void> {
  const signal = AbortSignal.timeout(START_MS)
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', () => reject(hasStopped()))
    worker.once('exit', () => reject(hasStopped()))
  })
  try {
    await Promise.race([once(worker, 'message', { signal }), ended])
  } catch {
    await worker.terminate()
    throw new ChartcodeError('store-unavailable', 'the embedded database did not start')
  }
}

function hasStopped(): ChartcodeError {
  return new ChartcodeError('store-unavailable', 'the embedded database has stopped')
}

/** In the shape of `pg`: BullMQ and `toStoreError` look at its SQLSTATE. */
function databaseError({ code, detail }: ThreadError): Error {
  return Object.assign(new Error('the embedded database refused a statement'), { code, detail })
}
