/**
 * A batch, from paths to a directory of results. The main thread reads and writes, worker threads code:
 *
 *   inputs ─► chunks ─► workers (any order) ─► window ─► results.ndjson, errors.ndjson (order of the input)
 *
 * Only so many chunks are under way that memory stays bounded whatever the size of the input, and what is
 * written does not depend on the number of workers.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createExporter, type OutputFormat } from '../../export/create-exporter.js'
import { findInputs, type InputFile } from '../../intake/find-inputs.js'
import { ChartcodeError } from '../../model/errors.js'
import { lockDirectory } from '../../store/directory-lock.js'
import type { Dictionaries } from '../dictionaries.js'
import type { Chunk } from '../coding/chunk.js'
import type { CodingTask } from '../coding/code-chunk.js'
import { openPool } from '../coding/open-pool.js'
import { NO_COUNTS, type BatchCounts, type ChunkOutcome } from '../coding/outcome.js'
import type { WorkerPool } from '../coding/worker-pool.js'
import type { NoteLimits } from '../coding/worker-slot.js'
import { assertFinished, clearProgress, finishRun, type ReadInputs } from './finish-run.js'
import { mergeOutcome, seenEntries } from './merge-outcome.js'
import { readChunks } from './read-chunks.js'
import { createDirectory, inspectRunDirectory, openRunDirectory, type RunDirectory } from './run-directory.js'
import { runFiles, type Progress } from './run-files.js'
import { runIdentity, writeRunRecord, type RunIdentity, type RunRecord } from './run-record.js'
import { SeenNotes } from './seen-notes.js'
import { openSpooledUnits, type SpooledUnits } from './spooled-units.js'
import { createSources } from './sources.js'

export interface BatchRequest {
  readonly paths: readonly string[]
  readonly out: string
  readonly resume: boolean
  readonly jobs: number
  readonly format: OutputFormat
  readonly task: CodingTask
  readonly dictionaries: Dictionaries
  readonly limits: NoteLimits
  /** Script of the worker threads. */
  readonly workerFile: string
  readonly onProgress?: (progress: BatchProgress) => void
  readonly onNotice?: (notice: string) => void
  /** Told of each step of writing; tests die there. */
  readonly onStep?: (step: string) => void
}

/** Of this process: a resumed run counts from where it was taken up. */
export interface BatchProgress {
  readonly counts: BatchCounts
  readonly notes: number
  readonly bytes: number
  readonly seconds: number
  /** Bytes of all inputs as they lie on the disk, and how many of them are done. */
  readonly input: { readonly size: number; readonly done: number }
}

export interface BatchSummary extends BatchProgress {
  readonly record: RunRecord
}

/** Chunks under way a worker: one in work, one waiting, the rest held back by a slow one before them. */
const WINDOW = 6

export async function runBatch(request: BatchRequest): Promise<BatchSummary> {
  const { paths, out, resume, format, task, dictionaries } = request
  const inputs = findInputs(paths).filter(input => !isBelow(input.path, out))
  const identity = runIdentity({ inputs, years: dictionaries.years, task, format })
  const previous = inspectRunDirectory({ directory: out, resume, identity })
  if (previous?.finished != null && previous.counts !== null) return completeRun(out, previous)
  const unlock = lockRun(out)
  try {
    return await codeInputs(request, { inputs, identity, previous })
  } finally {
    unlock()
  }
}

/** Two processes that write one directory would cut off what the other wrote. */
function lockRun(out: string): () => void {
  createDirectory(out)
  return lockDirectory(
    path.join(out, 'run'),
    pid => new ChartcodeError('output-exists', `${out} is being written by process ${pid}`),
  )
}

interface Planned {
  readonly inputs: readonly InputFile[]
  readonly identity: RunIdentity
  readonly previous: RunRecord | null
}

async function codeInputs(
  request: BatchRequest,
  { inputs, identity, previous }: Planned,
): Promise<BatchSummary> {
  const { out, format, onStep } = request
  const { begin } = createExporter(format, { colour: false, explain: false })
  const directory = openRunDirectory({ directory: out, format, isResumed: previous !== null, begin, onStep })
  const record = beginRecord(identity, previous, request.jobs)
  writeRunRecord(directory.files.run, record)
  onStep?.('record-begun')
  const spooled = openSpooledUnits(out, previous !== null)
  const run = new Run(request, directory, spooled, inputs)
  const read = await run.work()
  const summary = run.progress()
  directory.close()
  const finished = finishRun(directory.files, record, { progress: directory.progress(), read })
  onStep?.('record-finished')
  clearProgress(directory.files)
  spooled.clear()
  onStep?.('cleared')
  return { ...summary, record: finished }
}

/** A run that needs nothing more, if its files are still what it wrote. */
function completeRun(out: string, record: RunRecord): BatchSummary {
  const files = runFiles(out, record.format)
  assertFinished(files, record)
  clearProgress(files)
  openSpooledUnits(out, false).clear()
  const counts = record.counts ?? NO_COUNTS
  return { counts, notes: 0, bytes: 0, seconds: 0, input: { size: 0, done: 0 }, record }
}

/** Results that lie below an input directory are no notes. */
function isBelow(file: string, directory: string): boolean {
  return path.resolve(file).startsWith(path.resolve(directory) + path.sep)
}

function beginRecord(identity: RunIdentity, previous: RunRecord | null, jobs: number): RunRecord {
  return {
    ...identity,
    started: previous?.started ?? new Date().toISOString(),
    finished: null,
    jobs,
    resumed: previous === null ? 0 : previous.resumed + 1,
    counts: null,
    failures: {},
    controls: [],
    outputs: null,
    dictionaries: [],
  }
}

/** What is under way; guards the worker threads. */
class Run {
  private readonly started = performance.now()
  private readonly before: Progress
  private readonly seen = new SeenNotes()
  private readonly sources = createSources()
  private bytes = 0
  private done = 0

  constructor(
    private readonly request: BatchRequest,
    private readonly directory: RunDirectory,
    private readonly spooled: SpooledUnits,
    private readonly inputs: readonly InputFile[],
  ) {
    this.before = directory.progress()
    if (this.before.units > 0) this.seen.restore(seenEntries(readFileSync(directory.files.seen)))
  }

  progress(): BatchProgress {
    const { counts } = this.directory.progress()
    return {
      counts,
      notes: counts.read - this.before.counts.read,
      bytes: this.bytes,
      seconds: (performance.now() - this.started) / 1000,
      input: { size: this.inputs.reduce((sum, { size }) => sum + size, 0), done: this.done },
    }
  }

  async work(): Promise<ReadInputs> {
    const { onNotice, onProgress } = this.request
    const { chunks, hashes, controls, bytesRead } = readChunks(this.inputs)
    const pool = openPool({
      ...this.request,
      spool: this.spooled.directory,
      onDeath: why => onNotice?.(`a worker thread stopped (${why}); its notes are tried again`),
    })
    const ticker = setInterval(() => onProgress?.(this.progress()), 1000)
    try {
      await this.codeAll(this.skipDone(chunks), { pool, bytesRead })
    } finally {
      clearInterval(ticker)
      await pool.close()
    }
    return { hashes, controls }
  }

  private async codeAll(
    chunks: AsyncIterable<Chunk>,
    { pool, bytesRead }: { readonly pool: WorkerPool; readonly bytesRead: () => number },
  ): Promise<void> {
    const { format, task } = this.request
    const underWay: UnderWay[] = []
    for await (const chunk of chunks) {
      const outcome = this.spooled.complete(chunk, part => pool.code(part, { format, task }))
      // It is awaited in its turn; until then its failure is not unhandled.
      outcome.catch(() => undefined)
      underWay.push({ chunk, outcome, done: bytesRead() })
      if (underWay.length >= this.request.jobs * WINDOW) await this.write(underWay.shift())
    }
    while (underWay.length > 0) await this.write(underWay.shift())
  }

  private async write(next: UnderWay | undefined): Promise<void> {
    if (next === undefined) return
    const { units, bytes } = next.chunk
    const { numberOf, pathOf } = this.sources
    const numbers = units.map(({ source }) => numberOf(source))
    const sourceOf = (unit: number) => numbers[unit] as number
    const merged = mergeOutcome({ outcome: await next.outcome, seen: this.seen, sourceOf, pathOf })
    this.directory.append(merged, units.length)
    this.spooled.drop(next.chunk)
    this.bytes += bytes.length
    this.done = next.done
  }

  /** Leaves out the chunks that a run before has written. */
  private async *skipDone(chunks: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
    let left = this.before.units
    for await (const chunk of chunks) {
      for (const { source } of chunk.units) this.sources.numberOf(source)
      if (left === 0) yield chunk
      else if (left >= chunk.units.length) left -= chunk.units.length
      else
        throw new ChartcodeError(
          'output-exists',
          'the inputs changed since the run began: start anew in another directory',
        )
    }
  }
}

interface UnderWay {
  readonly chunk: Chunk
  readonly outcome: Promise<ChunkOutcome>
  /** Bytes of the inputs that were read by then. */
  readonly done: number
}
