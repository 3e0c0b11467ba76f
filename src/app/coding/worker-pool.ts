/**
 * Worker threads that code chunks, one chunk at a time each. A note on which a thread dies, runs out of memory
 * or passes its deadline is tried once more; after the second time it is refused, with the reason, and its
 * neighbours are coded without it. A thread that does not even start ends the work, for its replacement
 * would not either.
 */
import { rejectOf } from '../../intake/note-record.js'
import { ChartcodeError, type ErrorCode } from '../../model/errors.js'
import { refuseUnit, type Chunk } from './chunk.js'
import type { CodingJob } from './code-chunk.js'
import { ATTEMPTS, type ChunkOutcome, type QuarantinedUnit } from './outcome.js'
import { createSlot, type Death, type NoteLimits, type SlotRequest, type WorkerSlot } from './worker-slot.js'

export interface PoolRequest extends SlotRequest {
  readonly jobs: number
  /** Told of each thread that died, and why: an error's kind and code. */
  readonly onDeath: (why: string) => void
}

export interface WorkerPool {
  /** Throws where the work cannot go on: no thread starts, no dictionary opens. */
  readonly code: (chunk: Chunk, job: CodingJob) => Promise<ChunkOutcome>
  readonly close: () => Promise<void>
}

/** A note of the longest charts takes seconds; 512 MB hold it and the engines of two years. */
export const NOTE_LIMITS: NoteLimits = { deadline: 30_000, heap: 512 }

/** What happened to a note twice, in words. */
const TWICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  'note-deadline': 'the note took longer than its deadline, twice',
  'note-memory': 'the note needed more memory than a worker thread may have, twice',
  'worker-failed': 'a worker thread stopped on this note, twice',
}

export function createWorkerPool(request: PoolRequest): WorkerPool {
  const slots = Array.from({ length: request.jobs }, () => createSlot(request))
  const take = lender(slots)
  return {
    code: (chunk, job) => codeInSpiteOfDeaths(chunk, { take, job, onDeath: request.onDeath }),
    close: async () => void (await Promise.all(slots.map(slot => slot.close()))),
  }
}

type Borrow = <Value>(use: (slot: WorkerSlot) => Promise<Value>) => Promise<Value>

function lender(slots: readonly WorkerSlot[]): Borrow {
  const free = [...slots]
  const waiting: ((slot: WorkerSlot) => void)[] = []
  return async use => {
    const slot = free.pop() ?? (await new Promise<WorkerSlot>(resolve => waiting.push(resolve)))
    try {
      return await use(slot)
    } finally {
      const next = waiting.shift()
      if (next === undefined) free.push(slot)
      else next(slot)
    }
  }
}

async function codeInSpiteOfDeaths(
  whole: Chunk,
  {
    take,
    job,
    onDeath,
  }: { readonly take: Borrow; readonly job: CodingJob; readonly onDeath: (why: string) => void },
): Promise<ChunkOutcome> {
  const strikes = new Map<number, number>()
  const quarantined: QuarantinedUnit[] = []
  for (let chunk = whole; ;) {
    const sent = chunk
    const outcome = await take(slot => slot.code(sent, job))
    if (!isDeath(outcome)) return { ...outcome, quarantined: [...quarantined, ...outcome.quarantined] }
    onDeath(outcome.why)
    const { unit, reason } = outcome
    const count = (strikes.get(unit ?? -1) ?? 0) + 1
    strikes.set(unit ?? -1, count)
    if (count < ATTEMPTS) continue
    if (unit === null)
      throw new ChartcodeError('worker-failed', `a worker thread stopped outside every note (${outcome.why})`)
    quarantined.push({ unit, reason, attempts: count })
    const { line, id } = chunk.units[unit] ?? { line: 1 }
    chunk = refuseUnit(chunk, unit, rejectOf(line, reason, TWICE[reason] ?? reason, id))
  }
}

function isDeath(outcome: ChunkOutcome | Death): outcome is Death {
  return 'why' in outcome
}
