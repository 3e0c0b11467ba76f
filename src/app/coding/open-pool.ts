/** Dictionaries → a pool of coding threads over them, each year's memory opened once and shared. */
import type { Dictionaries } from '../dictionaries.js'
import { createWorkerPool, type WorkerPool } from './worker-pool.js'
import type { NoteLimits } from './worker-slot.js'

export interface OpenPoolRequest {
  readonly dictionaries: Dictionaries
  readonly workerFile: string
  readonly jobs: number
  readonly limits: NoteLimits
  /** Where the threads keep what came of single units. */
  readonly spool?: string
  readonly onDeath: (why: string) => void
}

export function openPool(request: OpenPoolRequest): WorkerPool {
  const { dictionaries, workerFile, jobs, limits, spool, onDeath } = request
  const memories = new Map<number, Promise<SharedArrayBuffer>>()
  const memoryOf = (fiscalYear: number): Promise<SharedArrayBuffer> => {
    const known = memories.get(fiscalYear) ?? dictionaries.open(fiscalYear).then(({ memory }) => memory)
    memories.set(fiscalYear, known)
    return known
  }
  const fiscalYears = dictionaries.years.map(year => year.fiscalYear)
  return createWorkerPool({
    file: workerFile,
    jobs,
    start: { fiscalYears, ...(spool === undefined ? {} : { spool }) },
    limits,
    memoryOf,
    onDeath,
  })
}
