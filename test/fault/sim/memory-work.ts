/**
 * Dispatch, claims and commits in memory. The fence: a claim ends work only while it is the latest and was not
 * given back. The claim that has ended it may say so again and hears yes: its first answer was lost.
 */
import type { Claim, Store } from '../../../src/store/store.js'
import { quarantineWork } from './memory-quarantine.js'
import type { Tables, WorkRow } from './memory-tables.js'

type WorkMethods = Pick<
  Store,
  | 'takeForDispatch'
  | 'dispatchedBefore'
  | 'takeBackDispatch'
  | 'countDispatched'
  | 'claim'
  | 'commitNote'
  | 'commitChunk'
  | 'quarantine'
  | 'giveBack'
>

export function createWork(tables: Tables): WorkMethods {
  const open = (): WorkRow[] => [...tables.work.values()].filter(row => row.state === 'open')
  return {
    takeForDispatch: async limit => {
      const taken = fairOrder(open().filter(row => row.dispatchedAt === null)).slice(0, limit)
      for (const row of taken) row.dispatchedAt = tables.now()
      return taken.map(({ workId, priority }) => ({ workId, priority }))
    },
    dispatchedBefore: async ({ milliseconds, limit }) =>
      open()
        .filter(row => row.dispatchedAt !== null && row.dispatchedAt < tables.now() - milliseconds)
        .sort((one, other) => (one.dispatchedAt ?? 0) - (other.dispatchedAt ?? 0))
        .slice(0, limit)
        .map(row => row.workId),
    takeBackDispatch: async workIds => {
      for (const row of open()) if (workIds.includes(row.workId)) row.dispatchedAt = null
    },
    countDispatched: async () => open().filter(row => row.dispatchedAt !== null).length,
    claim: async ({ workId, token }) => {
      const row = tables.work.get(workId)
      return row?.state === 'open' ? claimRow(row, token) : null
    },
    commitNote: async (claim, { result, sha256 }) =>
      endWork(tables, claim, 'done', row => {
        const { pipeline, attempt } = claim
        row.result = { noteId: row.noteId ?? '', pipeline, attempt, result, sha256 }
      }),
    commitChunk: async (claim, { counts, part, quarantined }) =>
      endWork(tables, claim, 'done', row => {
        row.counted = counts
        row.part = { number: row.chunk ?? 0, attempt: claim.attempt, part }
        for (const entry of quarantined) quarantineWork(tables, row, entry)
      }),
    quarantine: async (claim, entry) =>
      endWork(tables, claim, 'quarantined', row => {
        quarantineWork(tables, row, entry)
      }),
    giveBack: async claim => {
      const row = tables.work.get(claim.workId)
      if (row === undefined || !row.unended.delete(claim.attempt)) return
      if (row.state === 'open' && row.attempt === claim.attempt) row.dispatchedAt = null
    },
  }
}

/** By priority; within it one of each facility in turn; within a facility as they came. */
function fairOrder(rows: readonly WorkRow[]): WorkRow[] {
  const placed = new Map<string, number>()
  const withTurn = [...rows]
    .sort((one, other) => one.sequence - other.sequence)
    .map(row => {
      const queue = `${row.priority} ${row.facility}`
      const turn = placed.get(queue) ?? 0
      placed.set(queue, turn + 1)
      return { row, turn }
    })
  return withTurn
    .sort(
      (one, other) =>
        one.row.priority - other.row.priority ||
        one.turn - other.turn ||
        one.row.sequence - other.row.sequence,
    )
    .map(({ row }) => row)
}

function claimRow(row: WorkRow, token: string): Claim {
  const before = row.claims.get(token)
  if (before !== undefined) return before
  row.attempt++
  const { workId, pipeline, attempt, work } = row
  const claim: Claim = { workId, pipeline, attempt, unended: row.unended.size, work }
  row.claims.set(token, claim)
  row.unended.add(attempt)
  return claim
}

function endWork(
  tables: Tables,
  { workId, attempt }: Claim,
  state: 'done' | 'quarantined',
  write: (row: WorkRow) => void,
): boolean {
  const row = tables.work.get(workId)
  if (row === undefined) return false
  if (row.state !== 'open') return row.state === state && row.endedBy === attempt
  if (row.attempt !== attempt || !row.unended.has(attempt)) return false
  write(row)
  row.state = state
  row.endedBy = attempt
  row.unended.delete(attempt)
  return true
}
