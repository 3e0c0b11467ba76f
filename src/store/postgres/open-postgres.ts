/**
 * Opens a pool of connections to PostgreSQL. Every call answers within the limits of the options, whatever
 * has become of the server: a connection that died is replaced by the next call.
 * Nothing is sent yet; the first statement says whether the server is there.
 */
import pg from 'pg'
import type { Database, DatabasePool } from '../database.js'
import { createPooledDatabase } from '../pooled-database.js'
import { connectionOptions, type PostgresOptions } from './connection-options.js'

export function openPostgres(options: PostgresOptions): Database {
  const pool = new pg.Pool(connectionOptions(options))
  // A connection that is lost says so here too; without a listener that ends the process. Whoever was
  // waiting for an answer gets the error, and nobody else has to know.
  pool.on('error', () => undefined)
  pool.on('connect', client => {
    client.on('error', () => undefined)
  })
  return createPooledDatabase('postgres', pool as unknown as DatabasePool)
}
