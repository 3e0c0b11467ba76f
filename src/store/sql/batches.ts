/**
 * Batches, their chunks and parts. What a batch has come to is asked of its work, not written down beside it:
 * two chunks that end at the same moment cannot miss each other.
 */
import type { Database } from '../database.js'
import type { Batch, BatchState, NewBatch, NewChunk, Store } from '../store.js'
import { arrivals } from './accept-notes.js'
import { fromStoredText, isId, laneOf, randomId, toStoredText } from './stored-text.js'

interface BatchRow {
  readonly batchId: string
  readonly facility: string
  readonly state: BatchState
  readonly pipeline: string
  readonly manifest: string
  readonly chunks: number
  readonly chunksDone: number
  readonly counts: string
  readonly created: Date
  readonly finished: Date | null
}

interface PartRow {
  readonly number: number
  readonly attempt: number
  readonly part: string
}

const SLICE_CHUNKS = 2000

const WRITE_BATCH = `
INSERT INTO chartcode.batches (batch_id, facility, pipeline, manifest, chunks) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (batch_id) DO NOTHING`

const WRITE_CHUNKS = `
WITH given AS (
  SELECT * FROM unnest($5::text[], $6::bigint[], $7::integer[], $8::text[], $9::integer[])
    AS row (work_id, seq, number, place, notes)
), chunk AS (
  INSERT INTO chartcode.chunks (batch_id, number, place, notes) SELECT $1, number, place, notes FROM given
)
INSERT INTO chartcode.work (work_id, seq, batch_id, chunk, pipeline, priority, lane)
SELECT work_id, seq, $1, number, $2, $3, $4 FROM given`

/** Counts are summed by their names; the names are this program's own. */
const READ = `
SELECT batch_id AS "batchId", facility, pipeline, manifest, chunks, created_at AS created,
       finished_at AS finished, work."chunksDone", work.counts,
       CASE WHEN work.open > 0 THEN 'running' WHEN finished_at IS NULL THEN 'coded' ELSE 'finished' END AS state
FROM chartcode.batches CROSS JOIN LATERAL (
  SELECT (count(*) FILTER (WHERE state = 'open'))::int AS open,
         (count(*) FILTER (WHERE state = 'done'))::int AS "chunksDone",
         (SELECT COALESCE(json_object_agg(name, total), '{}')::text FROM (
            SELECT one.key AS name, sum(one.value::bigint)::bigint AS total
            FROM chartcode.parts JOIN chartcode.work AS of_part
              ON of_part.batch_id = parts.batch_id AND of_part.chunk = parts.number AND of_part.state = 'done'
            CROSS JOIN LATERAL json_each_text(parts.counts::json) AS one
            WHERE parts.batch_id = batches.batch_id GROUP BY one.key
          ) AS totals) AS counts
  FROM chartcode.work WHERE work.batch_id = batches.batch_id
) AS work`

const PARTS = `
SELECT number, parts.attempt, part FROM chartcode.parts
JOIN chartcode.work ON work.batch_id = parts.batch_id AND work.chunk = parts.number AND work.state = 'done'
WHERE parts.batch_id = $1 AND number >= $2 ORDER BY number LIMIT $3`

const CODED = `
SELECT batch_id AS "batchId" FROM chartcode.batches
WHERE finished_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM chartcode.work WHERE work.batch_id = batches.batch_id AND work.state = 'open')
ORDER BY created_at, batch_id LIMIT $1`

type Batches = Pick<Store, 'createBatch' | 'batches' | 'batch' | 'codedBatches' | 'parts' | 'finishBatch'>

export function createBatches(database: Database): Batches {
  return {
    createBatch: batch => createBatch(database, batch),
    batches: async limit => {
      const text = `${READ} ORDER BY created_at DESC, batch_id LIMIT $1`
      return (await database.query<BatchRow>(text, [limit])).rows.map(toBatch)
    },
    batch: async batchId => {
      if (!isId(batchId)) return null
      const [row] = (await database.query<BatchRow>(`${READ} WHERE batch_id = $1`, [batchId])).rows
      return row === undefined ? null : toBatch(row)
    },
    codedBatches: async limit => {
      const { rows } = await database.query<{ readonly batchId: string }>(CODED, [limit])
      return rows.map(({ batchId }) => batchId)
    },
    parts: async ({ batchId, from, limit }) => {
      if (!isId(batchId)) return []
      const { rows } = await database.query<PartRow>(PARTS, [batchId, from, limit])
      return rows.map(row => ({ ...row, part: fromStoredText(row.part) }))
    },
    finishBatch: batchId => finishBatch(database, batchId),
  }
}

async function createBatch(database: Database, batch: NewBatch): Promise<void> {
  const { batchId, facility, pipeline, priority, manifest, chunks } = batch
  await database.transaction(async session => {
    const row = [batchId, toStoredText(facility), pipeline, toStoredText(manifest), chunks.length]
    if ((await session.query(WRITE_BATCH, row)).rowCount === 0) return
    for (let at = 0; at < chunks.length; at += SLICE_CHUNKS) {
      const slice = chunks.slice(at, at + SLICE_CHUNKS)
      const columns = chunkColumns(slice, await arrivals(session, slice.length))
      await session.query(WRITE_CHUNKS, [batchId, pipeline, priority, laneOf(facility), ...columns])
    }
  })
}

function chunkColumns(chunks: readonly NewChunk[], seqs: readonly string[]): unknown[] {
  return [
    chunks.map(() => randomId()),
    seqs,
    chunks.map(({ number }) => number),
    chunks.map(({ place }) => toStoredText(place)),
    chunks.map(({ notes }) => notes),
  ]
}

/** Under the batch's lock, which a replay takes too: a batch with open chunks is not finished. */
async function finishBatch(database: Database, batchId: string): Promise<void> {
  await database.transaction(async session => {
    await session.query('SELECT 1 FROM chartcode.batches WHERE batch_id = $1 FOR UPDATE', [batchId])
    await session.query(
      `UPDATE chartcode.batches SET finished_at = clock_timestamp()
       WHERE batch_id = $1 AND finished_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM chartcode.work WHERE work.batch_id = $1 AND work.state = 'open')`,
      [batchId],
    )
  })
}

function toBatch(row: BatchRow): Batch {
  return {
    ...row,
    facility: fromStoredText(row.facility),
    manifest: fromStoredText(row.manifest),
    counts: fromStoredText(row.counts),
  }
}
