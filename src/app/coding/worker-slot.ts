/**
 * A place for a coding thread: starts it, sends it one chunk at a time, and ends it when one note takes longer
 * than its deadline. The thread writes into shared memory which unit it works on, so that the unit of which
 * it dies is known, whatever it dies of.
 */
import { Worker } from 'node:worker_threads'
import { ChartcodeError, type ErrorCode } from '../../model/errors.js'
import type { Chunk } from './chunk.js'
import type { CodingJob } from './code-chunk.js'
import type { ChunkOutcome } from './outcome.js'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js'

export interface SlotRequest {
  readonly file: string
  readonly start: Omit<WorkerStart, 'atUnit'>
  readonly limits: NoteLimits
  /** Memory of a year's dictionary; asked once a year and worker. */
  readonly memoryOf: (fiscalYear: number) => Promise<SharedArrayBuffer>
}

export interface NoteLimits {
  /** Milliseconds that one note may take. */
  readonly deadline: number
  /** Megabytes of heap that a thread may use. */
  readonly heap: number
}

/** How a thread died: of which unit, where it was at one, and of what. */
export interface Death {
  readonly unit: number | null
  readonly reason: ErrorCode
  /** Kind and code of an error; its message may quote a note. */
  readonly why: string
}

/** `code` and `ready` throw what the dictionary says, or `worker-failed` where no thread starts. */
export interface WorkerSlot {
  readonly code: (chunk: Chunk, job: CodingJob) => Promise<ChunkOutcome | Death>
  readonly close: () => Promise<void>
}

interface Settle {
  readonly resolve: (outcome: ChunkOutcome | Death) => void
  readonly reject: (error: unknown) => void
}

/** Often enough that a note is stopped soon after its deadline, seldom enough to cost nothing. */
const LOOKS_A_DEADLINE = 20
const LEAST_LOOK_MS = 25

/** One thread; a new one is made in its place when it has died. */
export function createSlot(request: SlotRequest): WorkerSlot {
  let thread = startThread(request)
  return {
    code: async (chunk, job) => {
      if (thread.isDead()) thread = startThread(request)
      await thread.ready
      return thread.code(chunk, job)
    },
    close: () => thread.close(),
  }
}

interface Thread extends WorkerSlot {
  readonly ready: Promise<void>
  readonly isDead: () => boolean
}

function startThread({ file, start, limits, memoryOf }: SlotRequest): Thread {
  const atUnit = new SharedArrayBuffer(4)
  const view = new Int32Array(atUnit)
  const worker = new Worker(file, {
    workerData: { ...start, atUnit } satisfies WorkerStart,
    resourceLimits: { maxOldGenerationSizeMb: limits.heap },
  })
  let settle: Settle | undefined
  let failure: unknown
  let isLate = false
  let dead: Death | undefined
  const take = (): Settle | undefined => {
    const taken = settle
    settle = undefined
    return taken
  }
  const watch = watchUnits(view, limits.deadline, () => {
    isLate = true
    void worker.terminate()
  })
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'ready') resolve()
      else if (message.type === 'need')
        supply(worker, message.fiscalYear, { memoryOf, fail: e => take()?.reject(e) })
      else take()?.resolve(message.outcome)
    })
    worker.on('error', (error: unknown) => (failure = error))
    worker.on('exit', code => {
      watch.stop()
      const at = Atomics.load(view, 0)
      dead = { unit: at === 0 ? null : at - 1, ...causeOf({ failure, code, isLate }) }
      reject(new ChartcodeError('worker-failed', `a worker thread did not start (${dead.why})`))
      take()?.resolve(dead)
    })
  })
  // Whoever sends the first chunk learns of it.
  ready.catch(() => undefined)
  return {
    ready,
    isDead: () => dead !== undefined,
    code: (chunk, job) =>
      new Promise((resolve, reject) => {
        if (dead !== undefined) {
          resolve(dead)
          return
        }
        settle = { resolve, reject }
        // The bytes are copied, not moved: they are needed again if the thread dies.
        worker.postMessage({ type: 'chunk', chunk, job } satisfies ToWorker)
      }),
    close: async () => void (await worker.terminate()),
  }
}

/** Calls when the number has stood at one unit for longer than the deadline. */
function watchUnits(view: Int32Array, deadline: number, onLate: () => void): { stop: () => void } {
  let unit = 0
  let since = performance.now()
  const timer = setInterval(
    () => {
      const now = performance.now()
      const current = Atomics.load(view, 0)
      if (current !== unit || current === 0) [unit, since] = [current, now]
      else if (now - since > deadline) onLate()
    },
    Math.max(LEAST_LOOK_MS, deadline / LOOKS_A_DEADLINE),
  )
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
    },
  }
}

function supply(
  worker: Worker,
  fiscalYear: number,
  { memoryOf, fail }: { memoryOf: SlotRequest['memoryOf']; fail: (error: unknown) => void },
): void {
  memoryOf(fiscalYear).then(memory => {
    worker.postMessage({ type: 'snapshot', fiscalYear, memory } satisfies ToWorker)
  }, fail)
}

function causeOf(end: {
  readonly failure: unknown
  readonly code: number
  readonly isLate: boolean
}): Pick<Death, 'reason' | 'why'> {
  if (end.isLate) return { reason: 'note-deadline', why: 'deadline' }
  if (!(end.failure instanceof Error)) return { reason: 'worker-failed', why: `exit code ${end.code}` }
  const why = (end.failure as NodeJS.ErrnoException).code ?? end.failure.name
  return { reason: why === 'ERR_WORKER_OUT_OF_MEMORY' ? 'note-memory' : 'worker-failed', why }
}
