/**
 * What changes from one release to another, counted as the publisher counts in the summary of the
 * order-file addenda: billable codes and headers are two lists, so a code that turns into a header is
 * removed from the one and added to the other; a title counts as revised if its short or long form
 * differs and the code stays in its list.
 */
import type { OrderRow } from '../../model/code.js'
import { readCodeSet } from './code-set.js'
import type { ReleaseName } from './fiscal-year.js'
import type { Release } from './release-store.js'

export interface RevisedTitle {
  readonly code: string
  readonly from: string
  readonly to: string
}

export interface ListChanges {
  readonly added: readonly OrderRow[]
  readonly removed: readonly OrderRow[]
  readonly revised: readonly RevisedTitle[]
}

export interface ReleaseDiff {
  readonly from: ReleaseName
  readonly to: ReleaseName
  readonly billable: ListChanges
  readonly headers: ListChanges
  /** Codes that were billable and are headers now: replaying an old code set must choose below them. */
  readonly becameHeader: readonly string[]
  readonly becameBillable: readonly string[]
}

interface Changes {
  readonly added: OrderRow[]
  readonly removed: OrderRow[]
  readonly revised: RevisedTitle[]
}

/** Rows in the publisher's order. Throws `release-missing` if one of them has no order file. */
export async function diffReleases(from: Release, to: Release): Promise<ReleaseDiff> {
  const before = await readCodeSet(from)
  const after = await readCodeSet(to)
  const billable: Changes = { added: [], removed: [], revised: [] }
  const headers: Changes = { added: [], removed: [], revised: [] }
  const listOf = (row: OrderRow): Changes => (row.billable ? billable : headers)
  const becameHeader: string[] = []
  const becameBillable: string[] = []
  for (const row of after.values()) {
    const old = before.get(row.code)
    if (old === undefined || old.billable !== row.billable) listOf(row).added.push(row)
    else if (old.longTitle !== row.longTitle || old.shortTitle !== row.shortTitle) {
      listOf(row).revised.push({ code: row.code, from: old.longTitle, to: row.longTitle })
    }
    if (old !== undefined && old.billable !== row.billable) {
      const became = row.billable ? becameBillable : becameHeader
      became.push(row.code)
    }
  }
  for (const row of before.values()) {
    if (after.get(row.code)?.billable !== row.billable) listOf(row).removed.push(row)
  }
  return { from: from.record.release, to: to.record.release, billable, headers, becameHeader, becameBillable }
}
