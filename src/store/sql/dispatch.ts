/**
 * What is to be put into the queue, and what was.
 *
 * A facility with a million notes must not keep the others waiting, so work is taken lane by lane in turns:
 * the first of each lane, then the second of each. The index holds (priority, lane, seq) of what waits, so
 * the lanes are found by skipping through it and each is read from its start: what is read depends on
 * what is taken, not on what waits. Where a round starts is remembered in memory, so that small takes do not
 * always begin with the same lane; nothing is lost when it is forgotten.
 */
import type { Database } from '../database.js'
import { PRIORITIES, type OpenWork, type Priority, type Store } from '../store.js'

interface Chosen {
  readonly workId: string
  readonly lane: number
}

/** `$2` is the lane of the last take: the round starts behind it and goes around. */
const LANES = `
WITH RECURSIVE waiting AS (
  (SELECT lane FROM chartcode.work
    WHERE state = 'open' AND dispatched_at IS NULL AND priority = $1 AND lane > $2
    ORDER BY lane LIMIT 1)
  UNION ALL
  SELECT (SELECT lane FROM chartcode.work
    WHERE state = 'open' AND dispatched_at IS NULL AND priority = $1 AND lane > waiting.lane
    ORDER BY lane LIMIT 1)
  FROM waiting WHERE waiting.lane IS NOT NULL
)
SELECT lane FROM waiting WHERE lane IS NOT NULL LIMIT $3`

const FIRST_OF_LANES = `
SELECT item.work_id AS "workId", lanes.lane
FROM unnest($2::integer[]) WITH ORDINALITY AS lanes (lane, place)
CROSS JOIN LATERAL (
  SELECT work_id, row_number() OVER (ORDER BY seq) AS turn FROM chartcode.work
  WHERE state = 'open' AND dispatched_at IS NULL AND priority = $1 AND lane = lanes.lane
  ORDER BY seq LIMIT $3
) AS item
ORDER BY item.turn, lanes.place LIMIT $4`

/**
 * COALESCE stands for `dispatched_at IS NULL`, which would let the planner take the index of what waits, and
 * read all of it, until the table has been analysed for the first time: 0.2 s for a million rows.
 */
const MARK = `
UPDATE chartcode.work SET dispatched_at = clock_timestamp()
WHERE work_id = ANY($1::text[]) AND state = 'open' AND COALESCE(dispatched_at, '-infinity') = '-infinity'
RETURNING work_id AS "workId"`

type Dispatch = Pick<
  Store,
  'takeForDispatch' | 'dispatchedBefore' | 'takeBackDispatch' | 'countDispatched' | 'hasOpen'
>

type TakeAll = (priority: Priority, limit: number, work: OpenWork[]) => Promise<void>

/** Takes round after round of one priority into `work`, until there are `limit` items or no more of it. */
function createRounds(database: Database): TakeAll {
  const lastLane = new Map<Priority, number>()

  const lanesAfter = async (priority: Priority, lane: number, limit: number): Promise<readonly number[]> => {
    const { rows } = await database.query<{ readonly lane: number }>(LANES, [priority, lane, limit])
    return rows.map(row => row.lane)
  }
  const lanesInTurn = async (priority: Priority, limit: number): Promise<readonly number[]> => {
    const last = lastLane.get(priority) ?? -1
    const behind = await lanesAfter(priority, last, limit)
    if (last < 0 || behind.length >= limit) return behind
    const all = await lanesAfter(priority, -1, limit - behind.length)
    return [...behind, ...all.filter(lane => lane <= last)]
  }
  /** One round: as many turns as are needed where all lanes have enough. */
  const takeRound = async (priority: Priority, limit: number): Promise<readonly Chosen[]> => {
    const lanes = await lanesInTurn(priority, limit)
    if (lanes.length === 0) return []
    const turns = Math.ceil(limit / lanes.length)
    const values = [priority, lanes, turns, limit]
    const { rows: chosen } = await database.query<Chosen>(FIRST_OF_LANES, values)
    const marked = await database.query<OpenWork>(MARK, [chosen.map(({ workId }) => workId)])
    const isMarked = new Set(marked.rows.map(({ workId }) => workId))
    const taken = chosen.filter(({ workId }) => isMarked.has(workId))
    const last = taken.at(-1)
    if (last !== undefined) lastLane.set(priority, last.lane)
    return taken
  }
  return async (priority, limit, work) => {
    while (work.length < limit) {
      const taken = await takeRound(priority, limit - work.length)
      if (taken.length === 0) return
      work.push(...taken.map(({ workId }) => ({ workId, priority })))
    }
  }
}

export function createDispatch(database: Database): Dispatch {
  const takeAll = createRounds(database)
  return {
    takeForDispatch: async limit => {
      const work: OpenWork[] = []
      try {
        for (const priority of Object.values(PRIORITIES)) await takeAll(priority, limit, work)
      } catch (error) {
        // What is marked already would have to wait until it is found to have no job.
        if (work.length === 0) throw error
      }
      return work
    },
    dispatchedBefore: async ({ milliseconds, limit }) => {
      const { rows } = await database.query<{ readonly workId: string }>(
        `SELECT work_id AS "workId" FROM chartcode.work
         WHERE state = 'open' AND dispatched_at < clock_timestamp() - $1 * interval '1 millisecond'
         ORDER BY dispatched_at LIMIT $2`,
        [milliseconds, limit],
      )
      return rows.map(({ workId }) => workId)
    },
    takeBackDispatch: async workIds => {
      const { rowCount } = await database.query(
        `UPDATE chartcode.work SET dispatched_at = NULL WHERE work_id = ANY($1::text[]) AND state = 'open'`,
        [workIds],
      )
      return rowCount
    },
    countDispatched: () => countDispatched(database),
    hasOpen: () => hasOpen(database),
  }
}

async function hasOpen(database: Database): Promise<boolean> {
  const { rows } = await database.query<{ readonly isOpen: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM chartcode.work WHERE state = 'open') AS "isOpen"`,
  )
  return rows[0]?.isOpen ?? false
}

async function countDispatched(database: Database): Promise<number> {
  const { rows } = await database.query<{ readonly count: number }>(
    `SELECT count(*)::int AS count FROM chartcode.work WHERE state = 'open' AND dispatched_at IS NOT NULL`,
  )
  return rows[0]?.count ?? 0
}
