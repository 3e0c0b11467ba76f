/**
 * One piece of work, from its id to its committed result:
 *
 *   claim ─► read ─► code (pool, or alone) ─► write ─► commit
 *
 * Whoever claims last commits; a result of an older attempt is not written. Work whose attempt before never
 * ended may have cost a whole process: it is coded alone, in a process of its own, and only a note that kills
 * that one is to blame.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Claim, ClaimedWork, NewQuarantine, Store } from '../../store/store.js'
import { ChartcodeError, type ErrorCode } from '../../model/errors.js'
import { assembleChunk } from '../coding/assemble-chunk.js'
import type { Chunk, ChunkUnit } from '../coding/chunk.js'
import type { CodingJob } from '../coding/code-chunk.js'
import { NOTE_STRIDE, WHAT, type ChunkOutcome } from '../coding/outcome.js'
import { CHUNK_FILES, type ChunkFiles } from './chunk-files.js'
import type { ChunkPlace } from './chunk-place.js'
import type { KnownWork } from './known-work.js'
import { pipelineKey, type WorkPipeline } from './work-pipeline.js'

export type CodeWork = (chunk: Chunk, job: CodingJob) => Promise<ChunkOutcome>

export interface WorkParts {
  readonly store: Pick<Store, 'claim' | 'commitNote' | 'commitChunk' | 'quarantine' | 'giveBack'>
  /** What the store knows of pipelines and batches, asked once each: it does not change. */
  readonly known: KnownWork
  /** Name of this process in the store. */
  readonly worker: string
  readonly code: CodeWork
  readonly codeAlone: CodeWork
  /** The key of what this worker would code for a job. */
  readonly keyOf: (job: CodingJob) => string
  readonly files?: ChunkFiles
  readonly onDone: (done: WorkDone) => void
  readonly onStep?: ((step: string) => void) | undefined
}

/** For logs and metrics: ids and counts. */
export interface WorkDone {
  readonly workId: string
  readonly batchId: string | null
  readonly notes: number
  readonly what: 'committed' | 'quarantined' | 'fenced' | 'given-back'
  readonly reasons: readonly ErrorCode[]
}

/** Resolves when the work needs nothing more from this worker; throws what store, files or pool throw. */
export async function codeWork(workId: string, parts: WorkParts): Promise<void> {
  const { store, worker, onStep } = parts
  const claim = await store.claim({ workId, worker, token: randomUUID() })
  if (claim === null) return
  onStep?.('claimed')
  try {
    await (claim.work.kind === 'note'
      ? codeStoredNote(claim, claim.work, parts)
      : codeBatchChunk(claim, claim.work, parts))
  } catch (error) {
    // By no fault of a note; the next attempt need not be alone.
    await store.giveBack(claim).catch(() => undefined)
    throw error
  }
}

async function codeStoredNote(
  claim: Claim,
  work: Extract<ClaimedWork, { kind: 'note' }>,
  parts: WorkParts,
): Promise<void> {
  const { store, onStep } = parts
  const pipeline = await parts.known.pipeline(claim.pipeline)
  if (pipeline === null || !isOurs(claim, pipeline, parts)) return giveBack(claim, { batchId: null }, parts)
  const { job } = pipeline
  const bytes = new Uint8Array(work.body)
  const chunk = assembleChunk(0, [{ source: work.noteId, raw: { kind: 'json', line: 1, bytes } }])
  const outcome = await codeChunk(claim, { chunk, job }, parts)
  onStep?.('coded')
  const failed = failureOf(chunk, outcome)
  const isCommitted =
    failed === null
      ? await store.commitNote(claim, {
          result: outcome.results,
          sha256: sha256(outcome.results),
          candidates: outcome.notes[0] === WHAT.coded ? 1 : 0,
        })
      : await store.quarantine(claim, { ...failed, externalId: work.externalId })
  onStep?.('committed')
  const what = !isCommitted ? 'fenced' : failed === null ? 'committed' : 'quarantined'
  const reasons = failed === null ? [] : [failed.reason]
  parts.onDone({ workId: claim.workId, batchId: null, notes: 1, what, reasons })
}

async function codeBatchChunk(
  claim: Claim,
  work: Extract<ClaimedWork, { kind: 'chunk' }>,
  parts: WorkParts,
): Promise<void> {
  const { store, files = CHUNK_FILES, onStep } = parts
  const manifest = await parts.known.manifest(work.batchId)
  if (manifest === null || !isOurs(claim, manifest.pipeline, parts)) return giveBack(claim, work, parts)
  const chunk = await files.read(manifest, work.number, work.place as unknown as ChunkPlace)
  const outcome = await codeChunk(claim, { chunk, job: manifest.pipeline.job }, parts)
  onStep?.('coded')
  const part = files.write(manifest.out, { chunk, outcome, attempt: claim.attempt })
  onStep?.('part-written')
  const quarantined = outcome.quarantined.map(({ unit, reason, attempts }) =>
    entryOf(chunk, unit, { reason, attempts }),
  )
  const counts = countsOf(outcome)
  const isCommitted = await store.commitChunk(claim, { counts, part: { ...part }, quarantined })
  onStep?.('committed')
  parts.onDone({
    workId: claim.workId,
    batchId: work.batchId,
    notes: counts.read,
    what: isCommitted ? 'committed' : 'fenced',
    reasons: quarantined.map(({ reason }) => reason),
  })
}

function codeChunk(
  { unended }: Claim,
  { chunk, job }: { readonly chunk: Chunk; readonly job: CodingJob },
  { code, codeAlone }: WorkParts,
): Promise<ChunkOutcome> {
  return unended > 0 ? codeAlone(chunk, job) : code(chunk, job)
}

function isOurs(claim: Claim, pipeline: WorkPipeline, { keyOf }: WorkParts): boolean {
  return claim.pipeline === pipelineKey(pipeline) && claim.pipeline === keyOf(pipeline.job)
}

/** Another version or other dictionaries: a result under this key would not be what it says. */
async function giveBack(
  claim: Claim,
  { batchId }: { readonly batchId: string | null },
  { store, onDone }: WorkParts,
): Promise<void> {
  await store.giveBack(claim)
  onDone({ workId: claim.workId, batchId, notes: 0, what: 'given-back', reasons: [] })
  throw new ChartcodeError(
    'release-missing',
    'work was submitted with another version or other dictionaries than this worker has',
  )
}

/** A note that was refused: by the pool with its attempts, or at reading, which was checked when it was accepted. */
function failureOf(chunk: Chunk, { quarantined, failures, notes }: ChunkOutcome): NewQuarantine | null {
  const cost = quarantined[0]
  if (cost !== undefined) return entryOf(chunk, cost.unit, cost)
  if (notes[0] !== WHAT.failed) return null
  const [reason] = Object.keys(failures) as ErrorCode[]
  return { ...entryOf(chunk, 0, { reason: reason ?? 'worker-failed', attempts: 1 }), stage: 'read' }
}

function entryOf(
  chunk: Chunk,
  unit: number,
  { reason, attempts }: { readonly reason: ErrorCode; readonly attempts: number },
): NewQuarantine {
  const { start, end, id } = chunk.units[unit] as ChunkUnit
  const externalId = id === undefined ? {} : { externalId: id }
  const hash = sha256(chunk.bytes.subarray(start, end))
  return { reason, stage: 'detect', attempts, sha256: hash, unit, ...externalId }
}

/** By what became of the notes, before duplicates are told. */
function countsOf({ notes }: ChunkOutcome): Record<'read' | 'coded' | 'nothingCodeable' | 'failed', number> {
  const counts = { read: 0, coded: 0, nothingCodeable: 0, failed: 0 }
  for (let at = 0; at < notes.length; at += NOTE_STRIDE) {
    counts.read += 1
    if (notes[at] === WHAT.coded) counts.coded += 1
    else if (notes[at] === WHAT.nothingCodeable) counts.nothingCodeable += 1
    else counts.failed += 1
  }
  return counts
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
