/**
 * Worker threads that code chunks, one chunk at a time each. A worker that dies is replaced and the notes of
 * its chunk are tried again one by one; a note that costs a second worker is recorded as failed. A worker
 * that does not even start ends the batch, for its replacement would not either.
 */
import { Worker } from 'node:worker_threads'
import { rejectOf } from '../../intake/note-record.js'
import { ChartcodeError } from '../../model/errors.js'
import { errorLine, joinOutcomes, NO_COUNTS, splitChunk, type Chunk, type ChunkOutcome } from './chunk.js'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js'

export interface PoolRequest {
  readonly file: string
  readonly jobs: number
  readonly start: WorkerStart
  /** Memory of a year's dictionary; asked once a year and worker. */
  readonly memoryOf: (fiscalYear: number) => Promise<SharedArrayBuffer>
  /** Told of each worker that died. */
  readonly onDeath: (reason: string) => void
}

export interface WorkerPool {
  /** Throws where the batch cannot go on: no worker starts, no dictionary opens. */
  readonly code: (chunk: Chunk) => Promise<ChunkOutcome>
  readonly close: () => Promise<void>
}

/** A place for a worker; its worker changes when one dies. */
interface Slot {
  worker: Worker | undefined
  /** Resolves when the worker is ready, rejects when it dies before. */
  ready: Promise<void>
  settle: { resolve: (outcome: ChunkOutcome) => void; reject: (error: unknown) => void } | undefined
}

export function createWorkerPool(request: PoolRequest): WorkerPool {
  const slots = Array.from({ length: request.jobs }, () => startWorker(newSlot(), request))
  const free = [...slots]
  const waiting: ((slot: Slot) => void)[] = []
  const takeSlot = (): Promise<Slot> => {
    const slot = free.pop()
    return slot === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(slot)
  }
  const giveBack = (slot: Slot): void => {
    const next = waiting.shift()
    if (next === undefined) free.push(slot)
    else next(slot)
  }
  /** Null: the worker died of it. */
  const attempt = async (chunk: Chunk): Promise<ChunkOutcome | null> => {
    const slot = await takeSlot()
    try {
      await slot.ready
      return await send(slot, chunk)
    } catch (error) {
      if (!(error instanceof ChartcodeError) || error.code !== 'worker-failed') throw error
      request.onDeath(error.message)
      await startWorker(slot, request).ready
      return null
    } finally {
      giveBack(slot)
    }
  }
  const code = async (chunk: Chunk): Promise<ChunkOutcome> => {
    const outcome = await attempt(chunk)
    if (outcome !== null) return outcome
    const outcomes: ChunkOutcome[] = []
    for (const single of splitChunk(chunk)) outcomes.push((await attempt(single)) ?? failed(single))
    return joinOutcomes(outcomes)
  }
  return {
    code,
    close: async () => void (await Promise.all(slots.map(async slot => slot.worker?.terminate()))),
  }
}

function failed({ units }: Chunk): ChunkOutcome {
  const message = 'a worker thread stopped on this note, twice'
  const lines = units.map(({ source, line, id }) =>
    errorLine(source, rejectOf(line, 'worker-failed', message, id)),
  )
  return {
    results: new Uint8Array(0),
    errors: Buffer.from(lines.join(''), 'utf8'),
    counts: { ...NO_COUNTS, read: units.length, failed: units.length },
    used: [],
  }
}

/** The bytes are copied, not moved: they are needed again if the worker dies. */
function send(slot: Slot, chunk: Chunk): Promise<ChunkOutcome> {
  return new Promise((resolve, reject) => {
    slot.settle = { resolve, reject }
    slot.worker?.postMessage({ type: 'chunk', chunk } satisfies ToWorker)
  })
}

function newSlot(): Slot {
  return { worker: undefined, ready: Promise.resolve(), settle: undefined }
}

function startWorker(slot: Slot, request: PoolRequest): Slot {
  const worker = new Worker(request.file, { workerData: request.start })
  let failure: unknown
  slot.worker = worker
  slot.ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'ready') resolve()
      else if (message.type === 'need') supply(slot, message.fiscalYear, request)
      else take(slot)?.resolve(message.outcome)
    })
    worker.on('error', (error: unknown) => (failure = error))
    worker.on('exit', code => {
      const why = reasonOf(failure, code)
      reject(new ChartcodeError('worker-failed', `a worker thread did not start (${why})`))
      take(slot)?.reject(new ChartcodeError('worker-failed', `a worker thread stopped (${why})`))
    })
  })
  // Whoever sends the first chunk learns of it.
  slot.ready.catch(() => undefined)
  return slot
}

function take(slot: Slot): Slot['settle'] {
  const settle = slot.settle
  slot.settle = undefined
  return settle
}

function supply(slot: Slot, fiscalYear: number, { memoryOf }: PoolRequest): void {
  memoryOf(fiscalYear).then(
    memory => {
      slot.worker?.postMessage({ type: 'snapshot', fiscalYear, memory } satisfies ToWorker)
    },
    (error: unknown) => take(slot)?.reject(error),
  )
}

/** Kind and code of an error; its message may quote a note. */
function reasonOf(failure: unknown, exitCode: number): string {
  if (!(failure instanceof Error)) return `exit code ${exitCode}`
  return (failure as NodeJS.ErrnoException).code ?? failure.name
}
