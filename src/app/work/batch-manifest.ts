/** What the store knows of a submitted batch: everything that is needed to code it and to put it together. */
import type { InputFile } from '../../intake/find-inputs.js'
import type { InputControl } from '../batch/read-input.js'
import type { WorkPipeline } from './work-pipeline.js'

export interface BatchManifest {
  readonly pipeline: WorkPipeline
  /** Directory of the results, absolute. */
  readonly out: string
  readonly inputs: readonly ManifestInput[]
  readonly controls: readonly InputControl[]
  /** Notes of all chunks as they were counted when the batch was planned. */
  readonly notes: number
}

export interface ManifestInput extends InputFile {
  readonly sha256: string | null
}

export function encodeManifest(manifest: BatchManifest): Readonly<Record<string, unknown>> {
  return { ...manifest }
}

export function decodeManifest(stored: Readonly<Record<string, unknown>>): BatchManifest {
  return stored as unknown as BatchManifest
}
