/**
 * The thread in which the embedded database runs: opens it, answers statements one after the other, passes
 * on notifications. It has a thread of its own because a statement blocks it from start to end.
 *
 * PGlite writes without fsync: what was acknowledged outlives a process that is killed, not a power failure.
 */
import type { MessagePort } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { DatabaseThreadStart, FromThread, ThreadError, ToThread } from './thread-messages.js'

/** OIDs of types that are not left to PGlite. */
const BIGINT = 20
const BYTEA = 17
const BYTEA_LIST = 1001

/** As in `pg`: bigint is a string. Bytes by way of Buffer, which takes a tenth of the time: 10 MB in 0.3 s. */
const PARSERS = {
  [BIGINT]: (value: string) => value,
  [BYTEA]: (value: string) => new Uint8Array(Buffer.from(value.slice(2), 'hex')),
}
const SERIALIZERS = {
  [BYTEA]: (bytes: Uint8Array) => `\\x${hexOf(bytes)}`,
  [BYTEA_LIST]: (list: readonly Uint8Array[]) => `{${list.map(bytes => `"\\\\x${hexOf(bytes)}"`).join(',')}}`,
}

export async function serveDatabase(port: MessagePort, { directory }: DatabaseThreadStart): Promise<void> {
  const say = (message: FromThread): void => port.postMessage(message)
  const database = await PGlite.create({ dataDir: directory, parsers: PARSERS, serializers: SERIALIZERS })
  // The queue's statements name no schema; the store's always do.
  await database.exec('SET search_path TO bullmq, public')
  database.onNotification((channel, payload) => say({ kind: 'notification', channel, payload }))
  port.on('message', (message: ToThread) => {
    if (message.kind === 'query') void answer(database, message).then(say)
    else
      void database.close().then(() => {
        say({ kind: 'closed' })
        port.close()
      })
  })
  say({ kind: 'ready' })
}

async function answer(
  database: PGlite,
  { number, text, values }: Extract<ToThread, { kind: 'query' }>,
): Promise<FromThread> {
  try {
    // Only the simple protocol takes several statements at once, and only the other one takes values.
    const [last] =
      values.length > 0 ? [await query(database, text, values)] : (await database.exec(text)).slice(-1)
    const rows = (last?.rows ?? []) as Record<string, unknown>[]
    return { kind: 'rows', number, rows, rowCount: Math.max(rows.length, last?.affectedRows ?? 0) }
  } catch (error) {
    return { kind: 'failed', number, error: toThreadError(error) }
  }
}

function query(database: PGlite, text: string, values: readonly unknown[]) {
  return database.query(text, [...values])
}

function toThreadError(error: unknown): ThreadError {
  const { code, detail } = error as { readonly code?: unknown; readonly detail?: unknown }
  const isQueues = code === 'BM001' && typeof detail === 'string' && /^-?\d+$/.test(detail)
  return {
    code: typeof code === 'string' ? code : undefined,
    detail: isQueues ? detail : undefined,
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}
