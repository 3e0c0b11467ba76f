/**
 * The port of the store: the truth about notes, batches, work, results and quarantine. PostgreSQL and
 * PGlite are behind it, with one SQL dialect; `test/store` runs one suite on both.
 *
 * A *work item* is what a worker does in one go: one note, or one chunk of a batch. It is open until its
 * result is committed or it is quarantined. The queue only hints at open work; whoever takes an item up
 * *claims* it, which raises its attempt, and only the latest attempt may commit (fencing).
 *
 * Every method may throw `store-unavailable`; then it has happened or not, and doing it again is safe.
 * No method throws an error that quotes a note, an id from outside or a database's `detail`.
 */
import type { ErrorCode } from '../model/errors.js'

/** Lower comes first: stat 1, routine 2, bulk 3. */
export type Priority = 1 | 2 | 3

export const PRIORITIES = { stat: 1, routine: 2, bulk: 3 } as const satisfies Record<string, Priority>

export interface NewNote {
  /** Empty where none is known. */
  readonly facility: string
  /** The caller's id; stays in the store and in results. */
  readonly externalId: string
  /** SHA-256, hex, of text, setting, date of service and patient. */
  readonly contentHash: string
  /** The note as JSON in UTF-8: any string survives it, also NUL, marks and lone surrogates. */
  readonly body: Uint8Array
  readonly priority: Priority
}

export interface AcceptedNote {
  /** Random; what queue, logs, metrics and URLs carry. */
  readonly noteId: string
  readonly workId: string
  /** False: the same facility, id, content and pipeline were accepted before. */
  readonly isNew: boolean
}

/** The request behind an Idempotency-Key: the same key with another hash is a conflict. */
export interface IdempotencyKey {
  readonly key: string
  readonly requestHash: string
}

export interface NewBatch {
  readonly batchId: string
  readonly facility: string
  readonly priority: Priority
  readonly pipeline: string
  /** Manifest: inputs, options, directory of the results. Paths are known here and in no job. */
  readonly manifest: Readonly<Record<string, unknown>>
  readonly chunks: readonly NewChunk[]
}

/** A stretch of a batch's input. */
export interface NewChunk {
  /** 0-based place in the batch. */
  readonly number: number
  /** How the worker finds it; shape known to `app`. */
  readonly place: Readonly<Record<string, unknown>>
  readonly notes: number
}

export interface Batch {
  readonly batchId: string
  readonly facility: string
  readonly state: BatchState
  readonly pipeline: string
  readonly manifest: Readonly<Record<string, unknown>>
  readonly chunks: number
  readonly chunksDone: number
  /** Of the chunks that are done. */
  readonly counts: Readonly<Record<string, number>>
  readonly created: Date
  readonly finished: Date | null
}

/** `running`: chunks are open. `coded`: all are done or quarantined, results are to be put together. */
export type BatchState = 'running' | 'coded' | 'finished'

export type WorkState = 'open' | 'done' | 'quarantined'

/** Work that is to be put into the queue. */
export interface OpenWork {
  readonly workId: string
  readonly priority: Priority
}

export type ClaimedWork =
  | { readonly kind: 'note'; readonly noteId: string; readonly externalId: string; readonly body: Uint8Array }
  | {
      readonly kind: 'chunk'
      readonly batchId: string
      readonly number: number
      readonly place: Readonly<Record<string, unknown>>
    }

export interface Claim {
  readonly workId: string
  readonly pipeline: string
  /** 1-based. The fence: only the latest attempt commits. */
  readonly attempt: number
  /** Of the caller; after a replay, attempts start at 1 again, and it tells the old ones from the new. */
  readonly token?: string
  /** Attempts before this one that neither ended nor were given back: their process died, or still hangs. */
  readonly unended: number
  readonly work: ClaimedWork
}

/** What one attempt has to say. */
export interface NoteOutcome {
  /** The result as bytes of JSON. */
  readonly result: Uint8Array
  readonly sha256: string
  readonly candidates: number
}

export interface ChunkOutcomeRecord {
  /** Counts of notes by what became of them; summed over the batch. */
  readonly counts: Readonly<Record<string, number>>
  /** How the results are found and checked; shape known to `app`. */
  readonly part: Readonly<Record<string, unknown>>
  readonly quarantined: readonly NewQuarantine[]
}

export interface NewQuarantine {
  readonly reason: ErrorCode
  /** Where it failed: `read`, `detect`, `export`. */
  readonly stage: string
  readonly attempts: number
  /** Of the note's bytes as they lay in their source. */
  readonly sha256: string
  /** 0-based place in the chunk; absent where the work is one note. */
  readonly unit?: number
  readonly externalId?: string
}

export interface Quarantined extends NewQuarantine {
  readonly quarantineId: string
  readonly workId: string
  readonly batchId: string | null
  readonly chunk: number | null
  readonly at: Date
  readonly replayed: Date | null
}

/** `false`: the claim was not the latest any more, and nothing was written. */
export type Committed = boolean

export interface StoredResult {
  readonly noteId: string
  readonly pipeline: string
  readonly attempt: number
  readonly result: Uint8Array
  readonly sha256: string
}

/** accepted = done + quarantined + open, at every moment. Notes only; chunks stand beside them. */
export interface WorkCounts {
  readonly accepted: number
  readonly done: number
  readonly quarantined: number
  readonly open: number
}

export interface Store {
  readonly backend: 'postgres' | 'pglite'

  /** All or nothing; in the order given. Throws `key-conflict`. */
  readonly acceptNotes: (request: {
    readonly pipeline: string
    readonly notes: readonly NewNote[]
    readonly idempotency?: IdempotencyKey
  }) => Promise<readonly AcceptedNote[]>
  /** What a pipeline's key stands for; shape known to `app`. Does nothing where the key exists. */
  readonly definePipeline: (key: string, definition: Readonly<Record<string, unknown>>) => Promise<void>
  readonly pipeline: (key: string) => Promise<Readonly<Record<string, unknown>> | null>
  /** Does nothing where the batch id exists. */
  readonly createBatch: (batch: NewBatch) => Promise<void>

  /**
   * Open work that was not dispatched, or whose dispatch was taken back: by priority, within it one facility
   * after the other, within a facility in the order of arrival. Marks it as dispatched now.
   */
  readonly takeForDispatch: (limit: number) => Promise<readonly OpenWork[]>
  /** Open work that was dispatched longer ago than this, oldest first: is its job still alive? */
  readonly dispatchedBefore: (request: {
    readonly milliseconds: number
    readonly limit: number
  }) => Promise<readonly string[]>
  /** The jobs are gone: the work is to be dispatched again. Answers how much of it is still open. */
  readonly takeBackDispatch: (workIds: readonly string[]) => Promise<number>
  /** Work that was dispatched and is open. */
  readonly countDispatched: () => Promise<number>
  /** Whether any work is open, dispatched or not. */
  readonly hasOpen: () => Promise<boolean>

  /** Null where the work is not open. The same token gets the same attempt, so that it can be repeated. */
  readonly claim: (request: {
    readonly workId: string
    readonly worker: string
    readonly token: string
  }) => Promise<Claim | null>
  readonly commitNote: (claim: Claim, outcome: NoteOutcome) => Promise<Committed>
  readonly commitChunk: (claim: Claim, outcome: ChunkOutcomeRecord) => Promise<Committed>
  /** Ends the work itself as quarantined. */
  readonly quarantine: (claim: Claim, entry: NewQuarantine) => Promise<Committed>
  /** The attempt ended without an outcome, by no fault of the note (a stop, a lost database). */
  readonly giveBack: (claim: Claim) => Promise<void>

  readonly result: (noteId: string, pipeline: string) => Promise<StoredResult | null>
  /** Every result, in the order of acceptance; in pages, `after` is the last of the page before. */
  readonly results: (request: {
    readonly pipeline: string
    readonly after?: string
    readonly limit: number
  }) => Promise<readonly StoredResult[]>
  readonly counts: () => Promise<WorkCounts>
  /** A note by its id alone: under the pipeline with which it was accepted last. */
  readonly note: (
    noteId: string,
  ) => Promise<{ readonly state: WorkState; readonly result: Uint8Array | null } | null>
  readonly noteState: (noteId: string, pipeline: string) => Promise<WorkState | null>

  /** Newest first. */
  readonly batches: (limit: number) => Promise<readonly Batch[]>
  readonly batch: (batchId: string) => Promise<Batch | null>
  /** Batches whose chunks are all done and whose results are not put together yet; oldest first. */
  readonly codedBatches: (limit: number) => Promise<readonly string[]>
  /** Parts of the chunks that are done, in order, from this number on. */
  readonly parts: (request: {
    readonly batchId: string
    readonly from: number
    readonly limit: number
  }) => Promise<
    readonly {
      readonly number: number
      readonly attempt: number
      readonly part: Readonly<Record<string, unknown>>
    }[]
  >
  readonly finishBatch: (batchId: string) => Promise<void>

  readonly quarantined: (request: {
    readonly batchId?: string
    readonly after?: string
    readonly limit: number
  }) => Promise<readonly Quarantined[]>
  readonly quarantineEntry: (quarantineId: string) => Promise<Quarantined | null>
  /** Opens the entries' work again with no attempts; a finished batch is running again. Answers how many work items. */
  readonly replay: (quarantineIds: readonly string[]) => Promise<number>

  /** True for the one holder until the time is over; the holder may renew. */
  readonly takeLease: (request: {
    readonly name: string
    readonly holder: string
    readonly milliseconds: number
  }) => Promise<boolean>
  readonly endLease: (name: string, holder: string) => Promise<void>
  /**
   * A slot of a schedule (a night): true for the one caller that may run it. False where it was done, or where
   * another holder is at work on it and its lease has not run out.
   */
  readonly takeSlot: (request: {
    readonly schedule: string
    readonly slot: string
    readonly holder: string
    readonly milliseconds: number
  }) => Promise<boolean>
  readonly endSlot: (schedule: string, slot: string) => Promise<void>
  readonly lastSlot: (schedule: string) => Promise<string | null>

  /** Answers or throws, within the time limit of the connection. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}
