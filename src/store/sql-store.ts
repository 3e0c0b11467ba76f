/**
 * The store over a database: its methods stand in `sql/`, by what they are about. The database must have the
 * shape of `migrations/` already. Closing the store closes the database.
 */
import type { Database } from './database.js'
import { acceptNotes } from './sql/accept-notes.js'
import { createBatches } from './sql/batches.js'
import { createClaims } from './sql/claims.js'
import { createDispatch } from './sql/dispatch.js'
import { createLeases } from './sql/leases.js'
import { createPipelines } from './sql/pipelines.js'
import { createQuarantine } from './sql/quarantine.js'
import { createResults } from './sql/results.js'
import type { Store } from './store.js'

export function createSqlStore(database: Database): Store {
  return {
    backend: database.backend,
    acceptNotes: request => acceptNotes(database, request),
    ...createPipelines(database),
    ...createBatches(database),
    ...createDispatch(database),
    ...createClaims(database),
    ...createResults(database),
    ...createQuarantine(database),
    ...createLeases(database),
    ping: async () => {
      await database.query('SELECT 1')
    },
    close: () => database.close(),
  }
}
