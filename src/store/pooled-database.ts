/**
 * A pool → the database of the store: the same few lines for PostgreSQL and PGlite.
 * A connection that saw an error goes back to the pool no more: it may be in the middle of a statement
 * (a time limit of the client), and the server undoes an open transaction when its connection ends.
 */
import { ChartcodeError } from '../model/errors.js'
import { toStoreError } from './database-errors.js'
import type { Database, DatabasePool, PoolClient, PoolRows, Rows, Session } from './database.js'

export function createPooledDatabase(backend: Database['backend'], pool: DatabasePool): Database {
  return {
    backend,
    pool,
    query: (text, values) => run(pool, text, values),
    transaction: work => transact(pool, work),
    close: () => pool.end(),
  }
}

async function transact<T>(pool: DatabasePool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  const session: Session = { query: (text, values) => run(client, text, values) }
  try {
    await session.query('BEGIN')
    const answer = await work(session)
    await session.query('COMMIT')
    client.release()
    return answer
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function connect(pool: DatabasePool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw toStoreError(error)
  }
}

async function run<Row>(
  target: DatabasePool | PoolClient,
  text: string,
  values?: readonly unknown[],
): Promise<Rows<Row>> {
  try {
    const result = await target.query<Row>(text, values)
    // `pg` answers several statements with a list.
    const last = (Array.isArray(result) ? result.at(-1) : result) as PoolRows<Row> | undefined
    if (last === undefined) throw new ChartcodeError('store-refused', 'the database was asked nothing')
    return { rows: last.rows, rowCount: last.rowCount ?? 0 }
  } catch (error) {
    throw toStoreError(error)
  }
}
