/**
 * Opens the store: on PostgreSQL where there is a URL, else on the embedded database in a directory. Its shape
 * is brought up to date first. Throws `store-unavailable`, `store-refused`, `store-held` or `store-version`;
 * a database that was named and does not answer is never replaced by the embedded one.
 */
import type { Database } from './database.js'
import { isCurrent, migrate } from './migrations/migrate.js'
import { openPglite } from './pglite/open-pglite.js'
import { openPostgres } from './postgres/open-postgres.js'
import { createSqlStore } from './sql-store.js'
import type { Store } from './store.js'

export interface OpenStoreOptions {
  readonly databaseUrl?: string
  /** Plain text to a PostgreSQL on another machine. */
  readonly allowInsecure?: boolean
  /** Of the embedded database's files. */
  readonly directory: string
  /** `dist/workers/database-thread.js` */
  readonly threadFile: string
}

export interface OpenedStore {
  readonly store: Store
  /** For the queue, which may live in the same database. The store closes it. */
  readonly database: Database
}

/** A step over a large table takes its time, and others wait for it. */
const MIGRATION_MS = 10 * 60_000

export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const { databaseUrl, directory, threadFile } = options
  if (databaseUrl === undefined) return ready(await openPglite({ directory, threadFile }), migrate)
  const postgres = { url: databaseUrl, allowInsecure: options.allowInsecure === true }
  return ready(openPostgres(postgres), async database => {
    if (await isCurrent(database)) return
    const patient = openPostgres({ ...postgres, statementMs: MIGRATION_MS })
    await migrate(patient).finally(() => patient.close())
  })
}

async function ready(
  database: Database,
  prepare: (database: Database) => Promise<void>,
): Promise<OpenedStore> {
  try {
    await prepare(database)
    return { store: createSqlStore(database), database }
  } catch (error) {
    await database.close()
    throw error
  }
}
