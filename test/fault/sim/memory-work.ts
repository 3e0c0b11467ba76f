/**
 * Claims and commits in memory. The fence: a claim ends work only while it is the latest and was not given back;
 * it is known by attempt and token, because attempts begin at 1 again when work is replayed. The claim that has ended it may say so again and hears yes: its first answer was lost.
 */
import type { Claim, Store } from '../../../src/store/store.js'
import { quarantineWork } from './memory-quarantine.js'
import type { Tables, WorkRow } from './memory-tables.js'

type WorkMethods = Pick<Store, 'claim' | 'commitNote' | 'commitChunk' | 'quarantine' | 'giveBack'>

export function createWork(tables: Tables): WorkMethods {
  return {
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
      if (row === undefined || !isOf(row, claim) || !row.unended.delete(claim.attempt)) return
      if (row.state === 'open' && row.attempt === claim.attempt) row.dispatchedAt = null
    },
  }
}

function claimRow(row: WorkRow, token: string): Claim {
  const before = row.claims.get(token)
  if (before !== undefined) return before
  row.attempt++
  const { workId, pipeline, attempt, work } = row
  const claim: Claim = { workId, pipeline, attempt, token, unended: row.unended.size, work }
  row.claims.set(token, claim)
  row.unended.add(attempt)
  return claim
}

/** False for a claim of before a replay, whose number may have come again. */
function isOf(row: WorkRow, { token, attempt }: Claim): boolean {
  return token === undefined || row.claims.get(token)?.attempt === attempt
}

function endWork(
  tables: Tables,
  claim: Claim,
  state: 'done' | 'quarantined',
  write: (row: WorkRow) => void,
): boolean {
  const { workId, attempt } = claim
  const row = tables.work.get(workId)
  if (row === undefined || !isOf(row, claim)) return false
  if (row.state !== 'open') return row.state === state && row.endedBy === attempt
  if (row.attempt !== attempt || !row.unended.has(attempt)) return false
  write(row)
  row.state = state
  row.endedBy = attempt
  row.unended.delete(attempt)
  return true
}
