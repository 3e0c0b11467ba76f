/**
 * Notes and their work are written in one statement a slice, all slices in one transaction. A note that is
 * there already is updated to what it is, because only then does `RETURNING` tell its id, also where
 * another transaction has written it a moment ago. Whoever finds the id it proposed has written it.
 *
 * Rows are written in the order of their keys, so that two requests with the same notes wait for each other
 * and never in a circle. The order of arrival is given out beforehand, by the place in the request.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Database, Session } from '../database.js'
import type { AcceptedNote, IdempotencyKey, NewNote, Store } from '../store.js'
import { keyOf, laneOf, randomId, toStoredText } from './stored-text.js'

type Request = Parameters<Store['acceptNotes']>[0]

/** A statement must end within the time limit, and its values are in memory three times over. */
const SLICE_NOTES = 500
const SLICE_BYTES = 4 * 1024 * 1024

interface Row {
  readonly note: NewNote
  readonly identity: Buffer
  readonly noteId: string
  readonly workId: string
  /** A `bigint`. */
  readonly seq: string
}

interface Written {
  readonly identity: Uint8Array
  readonly noteId: string
  readonly workId: string
}

const WRITE = `
WITH given AS (
  SELECT * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bytea[], $6::text[], $7::text[], $8::text[],
                       $9::bytea[], $10::smallint[], $11::integer[])
    AS row (note_id, work_id, seq, identity, facility, external_id, content_hash, body, priority, lane)
), note AS (
  INSERT INTO chartcode.notes (note_id, identity, facility, external_id, content_hash, body)
  SELECT note_id, identity, facility, external_id, content_hash, body FROM given ORDER BY identity
  ON CONFLICT (identity) DO UPDATE SET identity = excluded.identity
  RETURNING note_id, identity
), item AS (
  INSERT INTO chartcode.work (work_id, seq, note_id, pipeline, priority, lane)
  SELECT work_id, seq, note.note_id, $1, priority, lane
  FROM given JOIN note USING (identity) ORDER BY identity
  ON CONFLICT (note_id, pipeline) WHERE note_id IS NOT NULL DO UPDATE SET pipeline = excluded.pipeline
  RETURNING work_id, note_id
)
SELECT identity, note_id AS "noteId", work_id AS "workId" FROM item JOIN note USING (note_id)`

export async function acceptNotes(database: Database, request: Request): Promise<readonly AcceptedNote[]> {
  const { pipeline, notes, idempotency } = request
  return database.transaction(async session => {
    if (idempotency !== undefined) await useKey(session, idempotency)
    const seqs = await arrivals(session, notes.length)
    const rows = notes.map((note, at) => toRow(note, seqs[at] ?? '0'))
    const written = new Map<string, Written>()
    for (const slice of slices(distinctInOrder(rows)))
      for (const row of await write(session, pipeline, slice)) written.set(hexOf(row.identity), row)
    return rows.map(({ identity, workId }) => {
      const row = written.get(hexOf(identity))!
      return { noteId: row.noteId, workId: row.workId, isNew: row.workId === workId }
    })
  })
}

async function useKey(session: Session, { key, requestHash }: IdempotencyKey): Promise<void> {
  const { rows } = await session.query<{ readonly hash: string }>(
    `INSERT INTO chartcode.idempotency_keys AS known (key_hash, request_hash) VALUES ($1, $2)
     ON CONFLICT (key_hash) DO UPDATE SET request_hash = known.request_hash
     RETURNING request_hash AS hash`,
    [keyOf(key), requestHash],
  )
  if (rows[0]?.hash !== requestHash)
    throw new ChartcodeError('key-conflict', 'the Idempotency-Key was used before for another request')
}

/** Places in the order of arrival: ascending, and given to nobody else. */
export async function arrivals(session: Session, count: number): Promise<readonly string[]> {
  const text = `SELECT nextval('chartcode.arrival') AS seq FROM generate_series(1, $1)`
  const { rows } = await session.query<{ readonly seq: string }>(text, [count])
  return rows.map(({ seq }) => seq)
}

function toRow(note: NewNote, seq: string): Row {
  const identity = keyOf(note.facility, note.externalId, note.contentHash)
  return { note, identity, noteId: randomId(), workId: randomId(), seq }
}

/** Of notes that are there twice the first counts, for its place. */
function distinctInOrder(rows: readonly Row[]): readonly Row[] {
  const byIdentity = new Map<string, Row>()
  for (const row of rows) {
    const key = hexOf(row.identity)
    if (!byIdentity.has(key)) byIdentity.set(key, row)
  }
  return [...byIdentity.values()].sort((a, b) => Buffer.compare(a.identity, b.identity))
}

function slices(rows: readonly Row[]): readonly Row[][] {
  const all: Row[][] = []
  let bytes = Infinity
  for (const row of rows) {
    const current = all.at(-1)
    const size = row.note.body.length
    if (current === undefined || current.length === SLICE_NOTES || bytes + size > SLICE_BYTES) {
      all.push([row])
      bytes = size
    } else {
      current.push(row)
      bytes += size
    }
  }
  return all
}

async function write(session: Session, pipeline: string, rows: readonly Row[]): Promise<readonly Written[]> {
  const notes = rows.map(({ note }) => note)
  const answer = await session.query<Written>(WRITE, [
    pipeline,
    rows.map(({ noteId }) => noteId),
    rows.map(({ workId }) => workId),
    rows.map(({ seq }) => seq),
    rows.map(({ identity }) => identity),
    notes.map(({ facility }) => toStoredText(facility)),
    notes.map(({ externalId }) => toStoredText(externalId)),
    notes.map(({ contentHash }) => contentHash),
    notes.map(({ body }) => body),
    notes.map(({ priority }) => priority),
    notes.map(({ facility }) => laneOf(facility)),
  ])
  return answer.rows
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
