/**
 * Results and what is left to do. `counts` takes what is done from the results themselves, not from the
 * state of the work: so that `accepted = done + quarantined + open` says something.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Database } from '../database.js'
import type { Store, StoredResult, WorkCounts, WorkState } from '../store.js'
import { isId } from './stored-text.js'

const COLUMNS = 'note_id AS "noteId", pipeline, attempt, result, sha256'

const COUNTS = `
SELECT count(*)::int AS accepted,
       (SELECT count(*)::int FROM chartcode.results) AS done,
       (count(*) FILTER (WHERE state = 'quarantined'))::int AS quarantined,
       (count(*) FILTER (WHERE state = 'open'))::int AS open
FROM chartcode.work WHERE note_id IS NOT NULL`

const NOTE = `
SELECT work.state, results.result FROM chartcode.work
LEFT JOIN chartcode.results ON results.note_id = work.note_id AND results.pipeline = work.pipeline
WHERE work.note_id = $1 ORDER BY work.seq DESC LIMIT 1`

type Results = Pick<Store, 'result' | 'results' | 'counts' | 'note' | 'noteState'>

export function createResults(database: Database): Results {
  const seqOf = async (noteId: string, pipeline: string): Promise<string> => {
    const text = 'SELECT seq FROM chartcode.results WHERE note_id = $1 AND pipeline = $2'
    const { rows } = await database.query<{ readonly seq: string }>(text, [noteId, pipeline])
    if (rows[0] === undefined) throw new ChartcodeError('batch-unknown', 'there is no result to go on after')
    return rows[0].seq
  }
  return {
    result: async (noteId, pipeline) => {
      if (!isId(noteId)) return null
      const text = `SELECT ${COLUMNS} FROM chartcode.results WHERE note_id = $1 AND pipeline = $2`
      return (await database.query<StoredResult>(text, [noteId, pipeline])).rows[0] ?? null
    },
    results: async ({ pipeline, after, limit }) => {
      const seq = after === undefined ? '-1' : await seqOf(after, pipeline)
      const text = `SELECT ${COLUMNS} FROM chartcode.results WHERE pipeline = $1 AND seq > $2 ORDER BY seq LIMIT $3`
      return (await database.query<StoredResult>(text, [pipeline, seq, limit])).rows
    },
    counts: async () => (await database.query<WorkCounts>(COUNTS)).rows[0]!,
    note: async noteId => {
      if (!isId(noteId)) return null
      return (
        (await database.query<{ state: WorkState; result: Uint8Array | null }>(NOTE, [noteId])).rows[0] ??
        null
      )
    },
    noteState: async (noteId, pipeline) => {
      if (!isId(noteId)) return null
      const text = 'SELECT state FROM chartcode.work WHERE note_id = $1 AND pipeline = $2'
      const { rows } = await database.query<{ readonly state: WorkState }>(text, [noteId, pipeline])
      return rows[0]?.state ?? null
    },
  }
}
