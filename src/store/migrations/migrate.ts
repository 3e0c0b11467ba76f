/**
 * Brings a database to the shape this program knows, one step after the other, under a lock that all
 * processes take. Throws `store-version` where the database has taken a step that this program does not
 * know, and `store-refused` where the server is older than PostgreSQL 13.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Database, Session } from '../database.js'
import { notesAndWork } from './0001-notes-and-work.js'
import { partsAndQuarantine } from './0002-parts-and-quarantine.js'
import { keysLeasesSlots } from './0003-keys-leases-slots.js'
import { pipelines } from './0004-pipelines.js'
import { tokensOfAttempts } from './0005-tokens-of-attempts.js'
import type { Migration } from './migration.js'

export const MIGRATIONS: readonly Migration[] = [
  notesAndWork,
  partsAndQuarantine,
  keysLeasesSlots,
  pipelines,
  tokensOfAttempts,
]

/** Any number that nothing else in the database uses; these are the letters `chco`. */
const LOCK = 0x6368636f
const OLDEST_SERVER = 130_000

const LEDGER = `
CREATE SCHEMA IF NOT EXISTS chartcode;
CREATE TABLE IF NOT EXISTS chartcode.migrations (
  number integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)`

/** True where there is nothing to migrate; reads only. */
export async function isCurrent(session: Session): Promise<boolean> {
  return (await versionOf(session)) === MIGRATIONS.length
}

export async function migrate(database: Database): Promise<void> {
  if (await isCurrent(database)) return
  for (const migration of MIGRATIONS) await database.transaction(session => take(session, migration))
}

/**
 * The table of steps is made, not looked for: only that tells this connection of tables that another one has
 * made while it waited for the lock.
 */
async function take(session: Session, { number, name, sql }: Migration): Promise<void> {
  await session.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
  await session.query(LEDGER)
  if ((await lastStep(session)) >= number) return
  await session.query(sql)
  await session.query('INSERT INTO chartcode.migrations (number, name) VALUES ($1, $2)', [number, name])
}

/** The number of the last step taken, 0 for a database that has taken none. */
async function versionOf(session: Session): Promise<number> {
  const { rows } = await session.query<{ readonly server: number; readonly isThere: boolean }>(
    `SELECT current_setting('server_version_num')::int AS server,
            to_regclass('chartcode.migrations') IS NOT NULL AS "isThere"`,
  )
  const [{ server, isThere } = { server: 0, isThere: false }] = rows
  if (server < OLDEST_SERVER)
    throw new ChartcodeError('store-refused', 'the server is older than PostgreSQL 13')
  if (!isThere) return 0
  return lastStep(session)
}

async function lastStep(session: Session): Promise<number> {
  const text = 'SELECT COALESCE(max(number), 0)::int AS version FROM chartcode.migrations'
  const [{ version } = { version: 0 }] = (await session.query<{ readonly version: number }>(text)).rows
  if (version <= MIGRATIONS.length) return version
  const known = `this program knows ${MIGRATIONS.length} steps of its shape`
  throw new ChartcodeError('store-version', `the database has taken ${version} steps, ${known}`)
}
