/** What the main thread of a batch and its workers say to each other. Dictionaries travel as shared memory. */
import type { OutputFormat } from '../../export/create-exporter.js'
import type { Chunk, ChunkOutcome } from './chunk.js'
import type { CodingTask } from './code-chunk.js'

export interface WorkerStart {
  readonly fiscalYears: readonly number[]
  readonly format: OutputFormat
  readonly task: CodingTask
}

export type ToWorker =
  | { readonly type: 'chunk'; readonly chunk: Chunk }
  | { readonly type: 'snapshot'; readonly fiscalYear: number; readonly memory: SharedArrayBuffer }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'need'; readonly fiscalYear: number }
  | { readonly type: 'done'; readonly outcome: ChunkOutcome }
