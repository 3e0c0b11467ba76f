/**
 * The store in memory: every law of the port, no database, and a clock that is given. The simulation runs on
 * it, and it is small enough to be read beside the port. Each method does all it does at once, as a
 * transaction would; nothing is kept over the end of the process.
 */
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Batch, Store, StoredResult, WorkCounts } from '../../../src/store/store.js'
import { createDispatch } from './memory-dispatch.js'
import { createIntake } from './memory-intake.js'
import { createLeases } from './memory-leases.js'
import { createQuarantine } from './memory-quarantine.js'
import { createTables, type Tables, type WorkRow } from './memory-tables.js'
import { createWork } from './memory-work.js'

export interface MemoryStoreRequest {
  /** Milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

export function createMemoryStore({ now, newId }: MemoryStoreRequest): Store {
  const tables = createTables(now, newId)
  return {
    backend: 'pglite',
    ...createIntake(tables),
    ...createDispatch(tables),
    ...createWork(tables),
    ...createQuarantine(tables),
    ...createLeases(now),
    counts: async () => countNotes(tables),
    result: async (noteId, pipeline) => noteRow(tables, noteId, pipeline)?.result ?? null,
    results: async ({ pipeline, after, limit }) => {
      const results = resultsOf(tables, pipeline)
      const start = after === undefined ? 0 : results.findIndex(({ noteId }) => noteId === after) + 1
      if (after !== undefined && start === 0)
        throw new ChartcodeError('batch-unknown', 'there is no result of this note to go on from')
      return results.slice(start, start + limit)
    },
    note: async noteId => {
      const row = [...tables.work.values()].findLast(one => one.noteId === noteId)
      return row === undefined ? null : { state: row.state, result: row.result?.result ?? null }
    },
    definePipeline: async (key, definition) => {
      if (!tables.pipelines.has(key)) tables.pipelines.set(key, definition)
    },
    pipeline: async key => tables.pipelines.get(key) ?? null,
    hasOpen: async () => [...tables.work.values()].some(({ state }) => state === 'open'),
    codedBatches: async limit =>
      [...tables.batches.keys()]
        .filter(batchId => viewBatch(tables, batchId)?.state === 'coded')
        .slice(0, limit),
    noteState: async (noteId, pipeline) => noteRow(tables, noteId, pipeline)?.state ?? null,
    batches: async limit =>
      [...tables.batches.keys()]
        .reverse()
        .slice(0, limit)
        .flatMap(batchId => viewBatch(tables, batchId) ?? []),
    batch: async batchId => viewBatch(tables, batchId),
    parts: async ({ batchId, from, limit }) =>
      chunksOf(tables, batchId)
        .flatMap(row => (row.part === null ? [] : [row.part]))
        .filter(part => part.number >= from)
        .slice(0, limit),
    finishBatch: async batchId => {
      const batch = tables.batches.get(batchId)
      if (batch !== undefined && viewBatch(tables, batchId)?.state === 'coded')
        batch.finished = new Date(now())
    },
    ping: async () => {},
    close: async () => {},
  }
}

function inOrder(tables: Tables): WorkRow[] {
  return [...tables.work.values()].sort((one, other) => one.sequence - other.sequence)
}

function resultsOf(tables: Tables, pipeline: string): StoredResult[] {
  return inOrder(tables)
    .flatMap(row => (row.result === null ? [] : [row.result]))
    .filter(result => result.pipeline === pipeline)
}

function noteRow(tables: Tables, noteId: string, pipeline: string): WorkRow | undefined {
  const workId = tables.workOfNote.get(`${noteId} ${pipeline}`)
  return workId === undefined ? undefined : tables.work.get(workId)
}

/** Counted anew each time: a sum that is carried along could be wrong for as long as the rows are. */
function countNotes(tables: Tables): WorkCounts {
  const states = [...tables.work.values()].filter(row => row.kind === 'note').map(row => row.state)
  const count = (state: string): number => states.filter(other => other === state).length
  return {
    accepted: states.length,
    done: count('done'),
    quarantined: count('quarantined'),
    open: count('open'),
  }
}

function chunksOf(tables: Tables, batchId: string): WorkRow[] {
  return inOrder(tables).filter(row => row.kind === 'chunk' && row.batchId === batchId)
}

function viewBatch(tables: Tables, batchId: string): Batch | null {
  const batch = tables.batches.get(batchId)
  if (batch === undefined) return null
  const chunks = chunksOf(tables, batchId)
  const counts: Record<string, number> = {}
  for (const { counted } of chunks)
    for (const [name, count] of Object.entries(counted ?? {})) counts[name] = (counts[name] ?? 0) + count
  const isCoded = chunks.every(row => row.state !== 'open')
  return {
    batchId,
    facility: batch.facility,
    state: batch.finished !== null ? 'finished' : isCoded ? 'coded' : 'running',
    pipeline: batch.pipeline,
    manifest: batch.manifest,
    chunks: chunks.length,
    chunksDone: chunks.filter(row => row.state === 'done').length,
    counts,
    created: batch.created,
    finished: batch.finished,
  }
}
