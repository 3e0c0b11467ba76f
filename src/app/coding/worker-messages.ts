/** What a process's control thread and its coding threads say to each other. Dictionaries travel as shared memory. */
import type { Chunk } from './chunk.js'
import type { CodingJob } from './code-chunk.js'
import type { ChunkOutcome } from './outcome.js'

export interface WorkerStart {
  readonly fiscalYears: readonly number[]
  /** One Int32: 1 + the place of the unit in work, 0 where there is none. */
  readonly atUnit: SharedArrayBuffer
  /** Directory into which what came of each unit is written at once; absent where a store keeps work. */
  readonly spool?: string
}

export type ToWorker =
  | { readonly type: 'chunk'; readonly chunk: Chunk; readonly job: CodingJob }
  | { readonly type: 'snapshot'; readonly fiscalYear: number; readonly memory: SharedArrayBuffer }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'need'; readonly fiscalYear: number }
  | { readonly type: 'done'; readonly outcome: ChunkOutcome }
