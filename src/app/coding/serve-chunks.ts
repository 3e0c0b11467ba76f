/**
 * The other end of `worker-pool.ts`, within a worker thread: codes one chunk after another, with an engine a
 * fiscal year over the dictionaries that the control thread has opened.
 */
import type { MessagePort } from 'node:worker_threads'
import { chooseRelease } from '../../dictionary/releases/choose-release.js'
import { decodeSnapshot, type Snapshot } from '../../dictionary/snapshot/decode.js'
import { createExporter } from '../../export/create-exporter.js'
import { createEngines } from '../engines.js'
import { codeChunk, type CodingParts } from './code-chunk.js'
import type { Chunk } from './chunk.js'
import type { ChunkOutcome } from './outcome.js'
import { openUnitSpool, type UnitOutcome } from './unit-spool.js'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.js'

export type CodeChunk = (chunk: Chunk, parts: CodingParts) => Promise<ChunkOutcome>

/** `code` is exchanged by tests that need notes on which a thread dies. */
export function serveChunks(port: MessagePort, start: WorkerStart, code: CodeChunk = codeChunk): void {
  const { fiscalYears } = start
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
  const atUnit = new Int32Array(start.atUnit)
  const onUnit = (unit: number | null): void => {
    Atomics.store(atUnit, 0, unit === null ? 0 : unit + 1)
  }
  port.on('message', (message: ToWorker) => {
    if (message.type === 'snapshot') {
      const { fiscalYear, memory } = message
      waiting.get(fiscalYear)?.(decodeSnapshot(memory, { verify: false, name: `FY${fiscalYear}` }))
      return
    }
    const { chunk, job } = message
    const { format, task } = job
    const exporter = createExporter(format, { colour: false, explain: task.options.explain })
    const { sequence, from = 0 } = chunk
    const spool = start.spool === undefined ? undefined : openUnitSpool(start.spool, sequence)
    const onOutcome = (outcome: UnitOutcome): void => {
      spool?.add({ ...outcome, unit: from + outcome.unit })
    }
    // A rejection ends the thread, and the pool learns of it.
    void code(chunk, { engines, exporter, task, onUnit, ...(spool && { onOutcome }) }).then(outcome => {
      spool?.close()
      const { results, errors, notes } = outcome
      say({ type: 'done', outcome }, [results.buffer, errors.buffer, notes.buffer] as ArrayBuffer[])
    })
  })
  say({ type: 'ready' })
}
