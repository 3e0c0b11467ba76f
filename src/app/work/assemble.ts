/**
 * The parts of a batch that is coded → its directory of results, in the order of the input, by the same steps
 * as a batch in one process, so the same bytes. Can be interrupted anywhere and is taken up where it stood.
 */
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createExporter } from '../../export/create-exporter.js'
import type { Batch, Store } from '../../store/store.js'
import { clearProgress, finishRun } from '../batch/finish-run.js'
import { mergeOutcome, seenEntries } from '../batch/merge-outcome.js'
import { openRunDirectory, type RunDirectory } from '../batch/run-directory.js'
import { runFiles } from '../batch/run-files.js'
import { readRunRecord, writeRunRecord, type RunRecord } from '../batch/run-record.js'
import { SeenNotes } from '../batch/seen-notes.js'
import { createSources } from '../batch/sources.js'
import { SPOOL } from './chunk-place.js'
import { decodeManifest, type BatchManifest } from './batch-manifest.js'
import { partsDirectory, readPart, type PartRecord } from './part-file.js'

export interface AssembleParts {
  readonly store: Pick<Store, 'parts' | 'finishBatch' | 'quarantined'>
  readonly onStep?: ((step: string) => void) | undefined
}

/** Parts a call to the store. */
const PAGE = 100

/** Throws `output-damaged` where a part or the directory is not what was written. */
export async function assemble(batch: Batch, { store, onStep }: AssembleParts): Promise<RunRecord> {
  const manifest = decodeManifest(batch.manifest)
  const { out, pipeline } = manifest
  const { format } = pipeline.job
  const files = runFiles(out, format)
  const previous = readRunRecord(files.run)
  const { begin } = createExporter(format, { colour: false, explain: false })
  const isResumed = previous?.finished === null
  const directory = openRunDirectory({ directory: out, format, isResumed, begin, onStep })
  const record = recordOf(batch, manifest)
  writeRunRecord(files.run, record)
  await mergeParts(batch, manifest, { store, directory })
  directory.close()
  const hashes = new Map(manifest.inputs.map(({ path: file, sha256 }) => [file, sha256 ?? '']))
  const finished = finishRun(files, record, {
    progress: directory.progress(),
    read: { hashes, controls: manifest.controls },
  })
  onStep?.('record-finished')
  clearProgress(files)
  await store.finishBatch(batch.batchId)
  // The parts are needed again where a note of the batch may be replayed.
  const kept = await store.quarantined({ batchId: batch.batchId, limit: 1 })
  if (kept.length === 0) clear(out)
  return finished
}

async function mergeParts(
  { batchId, chunks }: Batch,
  { out }: BatchManifest,
  { store, directory }: { readonly store: AssembleParts['store']; readonly directory: RunDirectory },
): Promise<void> {
  const seen = new SeenNotes()
  const { numberOf, pathOf } = createSources()
  let done = directory.progress().units
  if (done > 0) seen.restore(seenEntries(readFileSync(directory.files.seen)))
  for (let from = 0; from < chunks; from += PAGE)
    for (const { part } of await store.parts({ batchId, from, limit: PAGE })) {
      const { outcome, sources } = readPart(out, part as unknown as PartRecord)
      const numbers = sources.map(numberOf)
      if (done > 0) {
        done -= sources.length
        continue
      }
      const sourceOf = (unit: number) => numbers[unit] as number
      directory.append(mergeOutcome({ outcome, seen, sourceOf, pathOf }), sources.length)
    }
}

function recordOf({ created }: Batch, { pipeline, inputs }: BatchManifest): RunRecord {
  const { options, setting, dateOfService } = pipeline.job.task
  return {
    engine: pipeline.engine,
    format: pipeline.job.format,
    options: { ...options, setting: setting ?? null, dateOfService: dateOfService ?? null },
    available: pipeline.dictionaries,
    inputs: inputs.map(({ path: file, size, modified, sha256 }) => ({
      path: file,
      size,
      modified: new Date(modified).toISOString(),
      sha256,
    })),
    started: created.toISOString(),
    finished: null,
    jobs: 0,
    resumed: 0,
    counts: null,
    failures: {},
    controls: [],
    outputs: null,
    dictionaries: [],
  }
}

/** What only the workers needed. */
function clear(out: string): void {
  rmSync(partsDirectory(out), { recursive: true, force: true })
  rmSync(path.join(out, SPOOL), { force: true })
}
