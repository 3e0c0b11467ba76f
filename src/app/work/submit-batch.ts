/** Inputs → a batch in the store, cut into chunks, for workers to code; its results will stand in `out`. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { findInputs } from '../../intake/find-inputs.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Priority, Store } from '../../store/store.js'
import { runFiles } from '../batch/run-files.js'
import { encodeManifest } from './batch-manifest.js'
import { planChunks } from './plan-chunks.js'
import { pipelineKey, type WorkPipeline } from './work-pipeline.js'

export interface SubmitRequest {
  readonly store: Pick<Store, 'createBatch'>
  readonly paths: readonly string[]
  readonly out: string
  readonly pipeline: WorkPipeline
  readonly facility: string
  readonly priority: Priority
}

export interface Submitted {
  readonly batchId: string
  readonly notes: number
  readonly chunks: number
}

/** Throws `output-exists` where the directory holds something, and what finding the inputs throws. */
export async function submitBatch(request: SubmitRequest): Promise<Submitted> {
  const { store, paths, pipeline, facility, priority } = request
  const out = path.resolve(request.out)
  const inputs = findInputs(paths)
    .map(input => ({ ...input, path: path.resolve(input.path) }))
    .filter(input => !input.path.startsWith(out + path.sep))
  const files = runFiles(out, pipeline.job.format)
  if ([files.run, files.results, files.errors].some(file => existsSync(file)))
    throw new ChartcodeError(
      'output-exists',
      `${request.out} holds the results of a run: give another directory with --out`,
    )
  mkdirSync(out, { recursive: true, mode: 0o700 })
  const { chunks, hashes, controls } = await planChunks(inputs, out)
  const notes = chunks.reduce((sum, chunk) => sum + chunk.notes, 0)
  const batchId = randomUUID()
  await store.createBatch({
    batchId,
    facility,
    priority,
    pipeline: pipelineKey(pipeline),
    manifest: encodeManifest({
      pipeline,
      out,
      inputs: inputs.map(input => ({ ...input, sha256: hashes.get(input.path) ?? null })),
      controls,
      notes,
    }),
    chunks,
  })
  return { batchId, notes, chunks: chunks.length }
}
