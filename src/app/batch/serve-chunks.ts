/**
 * The other end of `worker-pool.ts`, within a worker thread: codes one chunk after another, with an engine a
 * fiscal year over the dictionaries that the main thread has opened.
 */
import type { MessagePort } from 'node:worker_threads'
import { chooseRelease } from '../../dictionary/releases/choose-release.js'
import { decodeSnapshot, type Snapshot } from '../../dictionary/snapshot/decode.js'
import { createExporter } from '../../export/create-exporter.js'
import { createEngines } from '../engines.js'
import { codeChunk } from './code-chunk.js'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js'

export function serveChunks(port: MessagePort, { fiscalYears, format, task }: WorkerStart): void {
  const waiting = new Map<number, (snapshot: Snapshot) => void>()
  const say = (message: FromWorker, moved: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, moved)
  }
  const engines = createEngines({
    choose: date => chooseRelease(date, fiscalYears),
    open: fiscalYear =>
      new Promise(resolve => {
        waiting.set(fiscalYear, resolve)
        say({ type: 'need', fiscalYear })
      }),
  })
  const exporter = createExporter(format, { colour: false, explain: task.options.explain })
  port.on('message', (message: ToWorker) => {
    if (message.type === 'snapshot') {
      const { fiscalYear, memory } = message
      waiting.get(fiscalYear)?.(decodeSnapshot(memory, { verify: false, name: `FY${fiscalYear}` }))
      return
    }
    // A rejection ends the thread, and the pool learns of it.
    void codeChunk(message.chunk, { engines, exporter, task }).then(outcome => {
      say({ type: 'done', outcome }, [
        outcome.results.buffer as ArrayBuffer,
        outcome.errors.buffer as ArrayBuffer,
      ])
    })
  })
  say({ type: 'ready' })
}
