/** What the store knows of pipelines and batches, asked once each: none of it changes. */
import type { Store } from '../../store/store.js'
import { decodeManifest, type BatchManifest } from './batch-manifest.js'
import type { WorkPipeline } from './work-pipeline.js'

export interface KnownWork {
  readonly pipeline: (key: string) => Promise<WorkPipeline | null>
  readonly manifest: (batchId: string) => Promise<BatchManifest | null>
}

/** Manifests of large directories are large; a worker is seldom at more batches than these. */
const KEPT = 16

export function createKnownWork(store: Pick<Store, 'pipeline' | 'batch'>): KnownWork {
  return {
    pipeline: remembering(async key => (await store.pipeline(key)) as unknown as WorkPipeline | null),
    manifest: remembering(async batchId => {
      const batch = await store.batch(batchId)
      return batch === null ? null : decodeManifest(batch.manifest)
    }),
  }
}

/** What was not there, or could not be asked for, is asked for again. */
function remembering<Value>(
  ask: (key: string) => Promise<Value | null>,
): (key: string) => Promise<Value | null> {
  const known = new Map<string, Value>()
  return async key => {
    const value = known.get(key) ?? (await ask(key))
    if (value === null) return null
    if (!known.has(key) && known.size >= KEPT) known.delete(known.keys().next().value as string)
    known.set(key, value)
    return value
  }
}
