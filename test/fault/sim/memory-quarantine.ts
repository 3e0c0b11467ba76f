/** Quarantine in memory: entries in the order of their making, and the way back into the work. */
import type { NewQuarantine, Quarantined, Store } from '../../../src/store/store.js'
import type { Tables, WorkRow } from './memory-tables.js'

export function quarantineWork(tables: Tables, row: WorkRow, entry: NewQuarantine): void {
  const quarantineId = tables.newId()
  const { workId, batchId, chunk } = row
  const at = new Date(tables.now())
  tables.quarantine.set(quarantineId, { ...entry, quarantineId, workId, batchId, chunk, at, replayed: null })
}

export function createQuarantine(tables: Tables): Pick<Store, 'quarantined' | 'quarantineEntry' | 'replay'> {
  return {
    quarantined: async ({ batchId, after, limit }) => {
      const entries = [...tables.quarantine.values()]
      const start =
        after === undefined ? 0 : entries.findIndex(({ quarantineId }) => quarantineId === after) + 1
      return entries
        .slice(start)
        .filter(entry => batchId === undefined || entry.batchId === batchId)
        .slice(0, limit)
    },
    quarantineEntry: async quarantineId => tables.quarantine.get(quarantineId) ?? null,
    replay: async quarantineIds => {
      const entries = quarantineIds.flatMap(id => tables.quarantine.get(id) ?? [])
      return entries.filter(entry => replayEntry(tables, entry)).length
    },
  }
}

/** False where it was replayed before. All entries of the work go: the work will make them anew. */
function replayEntry(tables: Tables, { workId, quarantineId }: Quarantined): boolean {
  const row = tables.work.get(workId)
  if (row === undefined || tables.quarantine.get(quarantineId)?.replayed !== null) return false
  for (const entry of tables.quarantine.values())
    if (entry.workId === workId) entry.replayed ??= new Date(tables.now())
  row.state = 'open'
  row.dispatchedAt = null
  row.endedBy = null
  row.counted = null
  row.part = null
  row.attempt = 0
  row.claims.clear()
  row.unended.clear()
  const batch = row.batchId === null ? undefined : tables.batches.get(row.batchId)
  if (batch !== undefined) batch.finished = null
  return true
}
