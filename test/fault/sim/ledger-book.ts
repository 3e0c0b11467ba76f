/** The pages of the ledger. What may change has no `readonly`; only the judges write. */
import type { WorkCounts } from '../../../src/store/store.js'

export type EndState = 'done' | 'quarantined'

export interface WorkRecord {
  readonly kind: 'note' | 'chunk' | null
  latest: number
  readonly attemptOf: Map<string, number>
  /** Attempts that neither ended nor were given back. */
  readonly open: Set<number>
  end: { readonly by: number; readonly state: EndState } | null
}

export interface Book {
  readonly now: () => number
  readonly violations: string[]
  readonly violate: (what: string) => void
  readonly work: Map<string, WorkRecord>
  /** Facility, external id and content → note. */
  readonly noteOf: Map<string, string>
  claims: number
  lastCounts: WorkCounts | null
  lease: { readonly holder: string; readonly until: number } | null
}

export function createBook(now: () => number): Book {
  const violations: string[] = []
  return {
    now,
    violations,
    violate: what => void violations.push(what),
    work: new Map(),
    noteOf: new Map(),
    claims: 0,
    lastCounts: null,
    lease: null,
  }
}

/** A new page where there is none. */
export function recordOf(book: Book, workId: string, kind: WorkRecord['kind'] = null): WorkRecord {
  const known = book.work.get(workId)
  if (known !== undefined) return known
  const record: WorkRecord = { kind, latest: 0, attemptOf: new Map(), open: new Set(), end: null }
  book.work.set(workId, record)
  return record
}
