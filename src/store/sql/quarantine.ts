/**
 * What could not be coded, and giving it another try. A chunk is done again as a whole, so that with one of
 * its entries all of them are replayed: those that fail again come back as new ones.
 */
import { ChartcodeError, type ErrorCode } from '../../model/errors.js'
import type { Database } from '../database.js'
import type { Quarantined, Store } from '../store.js'
import { fromStoredText, isId } from './stored-text.js'

interface EntryRow {
  readonly quarantineId: string
  readonly workId: string
  readonly batchId: string | null
  readonly chunk: number | null
  readonly unit: number | null
  readonly reason: ErrorCode
  readonly stage: string
  readonly attempts: number
  readonly sha256: string
  readonly externalId: string | null
  readonly at: Date
  readonly replayed: Date | null
}

const READ = `
SELECT quarantine_id AS "quarantineId", work_id AS "workId", batch_id AS "batchId", chunk, unit, reason, stage,
       attempts, sha256, external_id AS "externalId", quarantined_at AS at, replayed_at AS replayed
FROM chartcode.quarantine`

const LOCK_BATCHES = `
SELECT 1 FROM chartcode.batches WHERE batch_id IN (
  SELECT batch_id FROM chartcode.quarantine WHERE quarantine_id = ANY($1::text[]) AND replayed_at IS NULL)
ORDER BY batch_id FOR UPDATE`

/** Marked entries whose work is open already were replayed by a call at the same time. */
const REPLAY = `
WITH item AS (
  UPDATE chartcode.work SET state = 'open', attempt = 0, worker = NULL, token = NULL, dispatched_at = NULL
  WHERE state <> 'open' AND work_id IN (
    SELECT work_id FROM chartcode.quarantine WHERE quarantine_id = ANY($1::text[]) AND replayed_at IS NULL)
  RETURNING work_id, batch_id
), entry AS (
  UPDATE chartcode.quarantine SET replayed_at = clock_timestamp() FROM item
  WHERE quarantine.work_id = item.work_id AND replayed_at IS NULL
), attempt AS (
  DELETE FROM chartcode.attempts USING item WHERE attempts.work_id = item.work_id
), batch AS (
  UPDATE chartcode.batches SET finished_at = NULL
  WHERE batch_id IN (SELECT batch_id FROM item) AND finished_at IS NOT NULL
)
SELECT work_id FROM item`

type Quarantine = Pick<Store, 'quarantined' | 'quarantineEntry' | 'replay'>

export function createQuarantine(database: Database): Quarantine {
  const seqOf = async (quarantineId: string): Promise<string> => {
    const text = 'SELECT seq FROM chartcode.quarantine WHERE quarantine_id = $1'
    const { rows } = await database.query<{ readonly seq: string }>(text, [quarantineId])
    if (rows[0] === undefined) throw new ChartcodeError('batch-unknown', 'there is no entry to go on after')
    return rows[0].seq
  }
  return {
    quarantined: async ({ batchId, after, limit }) => {
      if (batchId !== undefined && !isId(batchId)) return []
      const seq = after === undefined ? '-1' : await seqOf(after)
      const ofBatch = batchId === undefined ? '' : 'AND batch_id = $3'
      const values = [seq, limit, ...(batchId === undefined ? [] : [batchId])]
      const text = `${READ} WHERE seq > $1 ${ofBatch} ORDER BY seq LIMIT $2`
      return (await database.query<EntryRow>(text, values)).rows.map(toEntry)
    },
    quarantineEntry: async quarantineId => {
      if (!isId(quarantineId)) return null
      const [row] = (await database.query<EntryRow>(`${READ} WHERE quarantine_id = $1`, [quarantineId])).rows
      return row === undefined ? null : toEntry(row)
    },
    replay: quarantineIds =>
      database.transaction(async session => {
        const ids = [quarantineIds.filter(isId)]
        await session.query(LOCK_BATCHES, ids)
        return (await session.query(REPLAY, ids)).rows.length
      }),
  }
}

function toEntry({ unit, externalId, ...row }: EntryRow): Quarantined {
  return {
    ...row,
    ...(unit === null ? {} : { unit }),
    ...(externalId === null ? {} : { externalId: fromStoredText<string>(externalId) }),
  }
}
