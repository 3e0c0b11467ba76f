/** The rows of the store in memory. What may change has no `readonly`; only the store's own files change it. */
import type {
  AcceptedNote,
  Claim,
  ClaimedWork,
  Priority,
  Quarantined,
  StoredResult,
  WorkState,
} from '../../../src/store/store.js'

export interface WorkRow {
  readonly workId: string
  readonly kind: 'note' | 'chunk'
  readonly noteId: string | null
  readonly batchId: string | null
  readonly chunk: number | null
  readonly pipeline: string
  readonly facility: string
  readonly priority: Priority
  /** The order of arrival. */
  readonly sequence: number
  /** What a claim gives out. */
  readonly work: ClaimedWork
  state: WorkState
  dispatchedAt: number | null
  /** The latest; 0 before the first claim, and again when the work is replayed. */
  attempt: number
  /** Every claim since the work was opened; the same token gets the same one. */
  readonly claims: Map<string, Claim>
  /** Neither ended nor given back. */
  readonly unended: Set<number>
  /** The attempt that ended the work. */
  endedBy: number | null
  result: StoredResult | null
  counted: Readonly<Record<string, number>> | null
  part: {
    readonly number: number
    readonly attempt: number
    readonly part: Readonly<Record<string, unknown>>
  } | null
}

export interface BatchRow {
  readonly facility: string
  readonly pipeline: string
  readonly manifest: Readonly<Record<string, unknown>>
  readonly created: Date
  finished: Date | null
}

export interface QuarantineRow extends Omit<Quarantined, 'replayed'> {
  replayed: Date | null
}

export interface Tables {
  readonly now: () => number
  readonly newId: () => string
  readonly work: Map<string, WorkRow>
  /** Facility, external id and content → note. */
  readonly notes: Map<string, string>
  /** Note and pipeline → work. */
  readonly workOfNote: Map<string, string>
  readonly batches: Map<string, BatchRow>
  readonly pipelines: Map<string, Readonly<Record<string, unknown>>>
  /** In the order of their making. */
  readonly quarantine: Map<string, QuarantineRow>
  readonly idempotency: Map<
    string,
    { readonly requestHash: string; readonly answer: readonly AcceptedNote[] }
  >
}

export function createTables(now: () => number, newId: () => string): Tables {
  return {
    now,
    newId,
    work: new Map(),
    notes: new Map(),
    workOfNote: new Map(),
    batches: new Map(),
    pipelines: new Map(),
    quarantine: new Map(),
    idempotency: new Map(),
  }
}

type NewWork = Pick<
  WorkRow,
  'kind' | 'noteId' | 'batchId' | 'chunk' | 'pipeline' | 'facility' | 'priority' | 'work'
>

export function addWork(tables: Tables, work: NewWork): WorkRow {
  const row: WorkRow = {
    ...work,
    workId: tables.newId(),
    sequence: tables.work.size,
    state: 'open',
    dispatchedAt: null,
    attempt: 0,
    claims: new Map(),
    unended: new Set(),
    endedBy: null,
    result: null,
    counted: null,
    part: null,
  }
  tables.work.set(row.workId, row)
  return row
}
