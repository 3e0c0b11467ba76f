/** Dictionaries and backends → a running worker with its own threads. */
import type { Backends } from '../backends.js'
import { openPool } from '../coding/open-pool.js'
import { workerFile } from '../coding/worker-file.js'
import type { NoteLimits } from '../coding/worker-slot.js'
import type { Dictionaries } from '../dictionaries.js'
import type { Log } from '../log.js'
import { createAlone } from './code-alone.js'
import { createMetrics, type WorkerMetrics } from './metrics.js'
import { runWorker, type RunningWorker } from './run-worker.js'
import { describePipeline, pipelineKey } from './work-pipeline.js'

export interface OpenWorkerRequest {
  readonly backends: Pick<Backends, 'store' | 'queue'>
  readonly dictionaries: Dictionaries
  readonly jobs: number
  readonly limits: NoteLimits
  readonly log: Log
  /** Scripts of the thread and of the process of its own; tests have others. */
  readonly scripts?: { readonly thread: string; readonly alone: string }
  readonly onStep?: (step: string) => void
}

export interface OpenedWorker extends RunningWorker {
  readonly metrics: WorkerMetrics
}

export async function openWorker(request: OpenWorkerRequest): Promise<OpenedWorker> {
  const { backends, dictionaries, jobs, limits, log, onStep } = request
  const { thread, alone: aloneFile } = request.scripts ?? {
    thread: workerFile('detect-worker'),
    alone: workerFile('alone-process'),
  }
  const metrics = createMetrics()
  const onDeath = (why: string): void => {
    metrics.died()
    log.warn('thread-died', { why })
  }
  const pool = openPool({ dictionaries, workerFile: thread, jobs, limits, onDeath })
  const alone = createAlone({
    file: aloneFile,
    dataDirectory: dictionaries.dataDirectory,
    limits,
    onDeath,
  })
  const worker = await runWorker({
    ...backends,
    pool,
    alone,
    keyOf: job => pipelineKey(describePipeline(dictionaries, job)),
    jobs,
    log,
    metrics,
    ...(onStep === undefined ? {} : { onStep }),
  })
  return { ...worker, metrics }
}
