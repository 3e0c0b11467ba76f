/** The other end of `code-alone.ts`, within the process of its own: a pool of one thread. Ends with its parent. */
import { findDictionaries } from '../dictionaries.js'
import { openPool } from '../coding/open-pool.js'
import { workerFile } from '../coding/worker-file.js'
import type { WorkerPool } from '../coding/worker-pool.js'
import type { FromAlone, ToAlone } from './code-alone.js'

export interface AloneProcess {
  readonly send?: (message: FromAlone) => boolean
  readonly on: (event: 'message', listener: (message: ToAlone) => void) => unknown
}

/** `threadFile` is exchanged by tests that need notes on which a process dies. */
export function serveAlone(process: AloneProcess, threadFile = workerFile('detect-worker')): void {
  let pool: Promise<WorkerPool> | undefined
  const fail = (error: unknown): void => {
    // Its message may quote what was read; the kind does not.
    const kind = error instanceof Error ? error.name : 'error'
    process.send?.({ type: 'failed', message: `the process of its own failed (${kind})` })
  }
  process.on('message', message => {
    if (message.type === 'start') {
      const { dataDirectory, limits } = message
      pool = findDictionaries({ dataDirectory }).then(dictionaries =>
        openPool({ dictionaries, workerFile: threadFile, jobs: 1, limits, onDeath: () => undefined }),
      )
      pool.then(() => process.send?.({ type: 'ready' }), fail)
      return
    }
    const { chunk, job } = message
    pool
      ?.then(({ code }) => code(chunk, job))
      .then(outcome => process.send?.({ type: 'done', outcome }), fail)
  })
}
