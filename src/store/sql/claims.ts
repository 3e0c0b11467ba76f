/**
 * Claiming work and saying what became of it. A claim raises the attempt; what is said later holds only
 * where attempt and token are still those of the work (the fence), and is written in the same statement
 * that ends the work: all of it or nothing.
 *
 * A reply may be lost on its way, and the caller says it again: then the work has ended by this very
 * attempt, which is as good as having written it now.
 */
import type { Database } from '../database.js'
import type { Claim, ClaimedWork, NewQuarantine, Store, WorkState } from '../store.js'
import { fromStoredText, isId, randomId, toStoredText } from './stored-text.js'

interface Claimed {
  readonly pipeline: string
  readonly attempt: number
  readonly unended: number
  readonly noteId: string | null
  readonly externalId: string
  readonly body: Uint8Array
  readonly batchId: string
  readonly number: number
  readonly place: string
}

/**
 * `$1` work, `$2` worker, `$3` token. A token that was used before has its attempt already; that of the work
 * is compared in the UPDATE too, which sees what a twin of this call wrote while it waited for it.
 */
const CLAIM = `
WITH known AS (
  SELECT attempt FROM chartcode.attempts WHERE work_id = $1 AND token = $3
), item AS (
  UPDATE chartcode.work
  SET attempt = CASE WHEN token = $3 THEN attempt ELSE attempt + 1 END, worker = $2, token = $3
  WHERE work_id = $1 AND state = 'open' AND NOT EXISTS (SELECT FROM known)
  RETURNING work_id, note_id, batch_id, chunk, pipeline, attempt
), started AS (
  INSERT INTO chartcode.attempts (work_id, attempt, worker, token) SELECT work_id, attempt, $2, $3 FROM item
  ON CONFLICT DO NOTHING
), claimed AS (
  SELECT * FROM item
  UNION ALL
  SELECT work.work_id, work.note_id, work.batch_id, work.chunk, work.pipeline, known.attempt
  FROM known JOIN chartcode.work ON work.work_id = $1 AND work.state = 'open'
)
SELECT claimed.pipeline, claimed.attempt, claimed.note_id AS "noteId", note.external_id AS "externalId",
       note.body, claimed.batch_id AS "batchId", claimed.chunk AS number, chunks.place,
       (SELECT count(*)::int FROM chartcode.attempts AS earlier
        WHERE earlier.work_id = claimed.work_id AND earlier.attempt < claimed.attempt
          AND earlier.ended_at IS NULL
       ) AS unended
FROM claimed
LEFT JOIN chartcode.notes AS note ON note.note_id = claimed.note_id
LEFT JOIN chartcode.chunks ON chunks.batch_id = claimed.batch_id AND chunks.number = claimed.chunk`

/** The fence, and what every end of an attempt writes. `$1` work, `$2` attempt, `$3` token, `$4` state. */
const END = `
WITH item AS (
  UPDATE chartcode.work SET state = $4
  WHERE work_id = $1 AND state = 'open' AND attempt = $2 AND token = COALESCE($3, token)
  RETURNING work_id, note_id, batch_id, chunk, pipeline, seq, attempt
), ended AS (
  UPDATE chartcode.attempts SET ended_at = clock_timestamp(), outcome = $4 FROM item
  WHERE attempts.work_id = item.work_id AND attempts.attempt = item.attempt
)`

const QUARANTINE = `
INSERT INTO chartcode.quarantine
  (quarantine_id, work_id, batch_id, chunk, unit, reason, stage, attempts, sha256, external_id)
SELECT entry.quarantine_id, item.work_id, item.batch_id, item.chunk, entry.unit, entry.reason, entry.stage,
       entry.attempts, entry.sha256, entry.external_id
FROM item CROSS JOIN unnest($5::text[], $6::integer[], $7::text[], $8::text[], $9::integer[], $10::text[],
  $11::text[]) AS entry (quarantine_id, unit, reason, stage, attempts, sha256, external_id)`

const COMMIT_NOTE = `${END}, result AS (
  INSERT INTO chartcode.results (note_id, pipeline, seq, attempt, sha256, candidates, result)
  SELECT note_id, pipeline, seq, attempt, $5, $6, $7 FROM item
  ON CONFLICT (note_id, pipeline) DO NOTHING
)
SELECT work_id FROM item`

const COMMIT_CHUNK = `${END}, entries AS (${QUARANTINE}), part AS (
  INSERT INTO chartcode.parts (batch_id, number, attempt, part, counts)
  SELECT batch_id, chunk, attempt, $12, $13 FROM item
  ON CONFLICT (batch_id, number) DO UPDATE SET attempt = excluded.attempt, part = excluded.part,
    counts = excluded.counts, committed_at = excluded.committed_at
)
SELECT work_id FROM item`

const QUARANTINE_WORK = `${END}, entries AS (${QUARANTINE}) SELECT work_id FROM item`

/**
 * Back at the dispatcher at once: its job may be gone. An attempt that was overtaken leaves the work as it
 * is, and has ended all the same: it cost no process. Its token tells it from one of after a replay.
 */
const GIVE_BACK = `
WITH item AS (
  UPDATE chartcode.work SET token = NULL, dispatched_at = NULL
  WHERE work_id = $1 AND state = 'open' AND attempt = $2 AND token = COALESCE($3, token)
)
UPDATE chartcode.attempts SET ended_at = clock_timestamp(), outcome = 'given back'
WHERE work_id = $1 AND attempt = $2 AND ended_at IS NULL AND COALESCE(token = $3, true)`

type Claims = Pick<Store, 'claim' | 'commitNote' | 'commitChunk' | 'quarantine' | 'giveBack'>

export function createClaims(database: Database): Claims {
  const end = async (text: string, claim: Claim, state: WorkState, values: readonly unknown[]) => {
    const { rows } = await database.query(text, [...fenceOf(claim), state, ...values])
    return rows.length > 0 || hasEndedBy(database, claim, state)
  }
  return {
    claim: async ({ workId, worker, token }) => {
      if (!isId(workId)) return null
      const [row] = (await database.query<Claimed>(CLAIM, [workId, worker, token])).rows
      if (row === undefined) return null
      const { pipeline, attempt, unended } = row
      return { workId, pipeline, attempt, token, unended, work: toWork(row) }
    },
    commitNote: (claim, { sha256, candidates, result }) =>
      end(COMMIT_NOTE, claim, 'done', [sha256, candidates, result]),
    commitChunk: (claim, { quarantined, part, counts }) =>
      end(COMMIT_CHUNK, claim, 'done', [
        ...entryColumns(quarantined),
        toStoredText(part),
        toStoredText(counts),
      ]),
    quarantine: (claim, entry) => end(QUARANTINE_WORK, claim, 'quarantined', entryColumns([entry])),
    giveBack: async claim => {
      await database.query(GIVE_BACK, fenceOf(claim))
    },
  }
}

function toWork(row: Claimed): ClaimedWork {
  const { noteId, body, batchId, number } = row
  return noteId === null
    ? { kind: 'chunk', batchId, number, place: fromStoredText(row.place) }
    : { kind: 'note', noteId, externalId: fromStoredText(row.externalId), body }
}

const fenceOf = ({ workId, attempt, token }: Claim): unknown[] => [workId, attempt, token ?? null]

/** A statement of its own: the one before may have waited for its own twin, and does not see what that did. */
async function hasEndedBy(database: Database, claim: Claim, state: WorkState): Promise<boolean> {
  const text = `SELECT 1 FROM chartcode.work
    WHERE work_id = $1 AND attempt = $2 AND token = COALESCE($3, token) AND state = $4`
  return (await database.query(text, [...fenceOf(claim), state])).rows.length > 0
}

/** Column by column, as `unnest` takes them. */
function entryColumns(entries: readonly NewQuarantine[]): unknown[] {
  return [
    entries.map(() => randomId()),
    entries.map(({ unit }) => unit ?? null),
    entries.map(({ reason }) => reason),
    entries.map(({ stage }) => stage),
    entries.map(({ attempts }) => attempts),
    entries.map(({ sha256 }) => sha256),
    entries.map(({ externalId }) => (externalId === undefined ? null : toStoredText(externalId))),
  ]
}
