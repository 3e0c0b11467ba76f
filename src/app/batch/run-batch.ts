/**
 * A batch, from paths to a directory of results. The main thread reads and writes, worker threads code:
 *
 *   inputs ─► chunks ─► workers (any order) ─► window ─► results.ndjson, errors.ndjson (order of the input)
 *
 * Only so many chunks are under way that memory stays bounded whatever the size of the input, and what is
 * written does not depend on the number of workers.
 */
import path from 'node:path'
import { createExporter, type OutputFormat } from '../../export/create-exporter.js'
import { findInputs, type InputFile } from '../../intake/find-inputs.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Dictionaries } from '../dictionaries.js'
import type { BatchCounts, Chunk, ChunkOutcome } from './chunk.js'
import type { CodingTask } from './code-chunk.js'
import { readChunks } from './read-chunks.js'
import { inspectRunDirectory, openRunDirectory, type RunDirectory } from './run-directory.js'
import { runIdentity, writeRunRecord, type RunIdentity, type RunRecord } from './run-record.js'
import { createWorkerPool, type WorkerPool } from './worker-pool.js'

export interface BatchRequest {
  readonly paths: readonly string[]
  readonly out: string
  readonly resume: boolean
  readonly jobs: number
  readonly format: OutputFormat
  readonly task: CodingTask
  readonly dictionaries: Dictionaries
  /** Script of the worker threads. */
  readonly workerFile: string
  readonly onProgress?: (progress: BatchProgress) => void
  readonly onNotice?: (notice: string) => void
}

/** Of this process: a resumed run counts from where it was taken up. */
export interface BatchProgress {
  readonly counts: BatchCounts
  readonly notes: number
  readonly bytes: number
  readonly seconds: number
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
  if (previous?.finished != null && previous.counts !== null)
    return { counts: previous.counts, notes: 0, bytes: 0, seconds: 0, record: previous }
  const { begin } = createExporter(format, { colour: false, explain: false })
  const directory = openRunDirectory({ directory: out, format, isResumed: previous !== null, begin })
  const run = new Run(request, directory)
  const record = beginRecord(identity, previous, request.jobs)
  writeRunRecord(directory.files.run, record)
  const hashes = await run.work(inputs)
  directory.close(true)
  const { counts, used } = directory.progress()
  const finished: RunRecord = {
    ...record,
    inputs: record.inputs.map(input => ({ ...input, sha256: hashes.get(input.path) ?? null })),
    finished: new Date().toISOString(),
    counts,
    dictionaries: used,
  }
  writeRunRecord(directory.files.run, finished)
  return { ...run.progress(), record: finished }
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
    dictionaries: [],
  }
}

/** What is under way; guards the worker threads. */
class Run {
  private readonly started = performance.now()
  private readonly notesBefore: number
  private bytes = 0

  constructor(
    private readonly request: BatchRequest,
    private readonly directory: RunDirectory,
  ) {
    this.notesBefore = directory.progress().counts.read
  }

  progress(): BatchProgress {
    const { counts } = this.directory.progress()
    const seconds = (performance.now() - this.started) / 1000
    return { counts, notes: counts.read - this.notesBefore, bytes: this.bytes, seconds }
  }

  /** Answers the hashes of the inputs. */
  async work(inputs: readonly InputFile[]): Promise<ReadonlyMap<string, string>> {
    const { chunks, hashes } = readChunks(inputs)
    const pool = this.openPool()
    const ticker = setInterval(() => this.request.onProgress?.(this.progress()), 1000)
    try {
      await this.codeAll(skip(chunks, this.notesBefore), pool)
    } finally {
      clearInterval(ticker)
      await pool.close()
    }
    return hashes
  }

  private async codeAll(chunks: AsyncIterable<Chunk>, pool: WorkerPool): Promise<void> {
    const underWay: { readonly size: number; readonly outcome: Promise<ChunkOutcome> }[] = []
    const writeNext = async (): Promise<void> => {
      const next = underWay.shift()
      if (next === undefined) return
      this.directory.append(await next.outcome)
      this.bytes += next.size
    }
    for await (const chunk of chunks) {
      const outcome = pool.code(chunk)
      // It is awaited in its turn; until then its failure is not unhandled.
      outcome.catch(() => undefined)
      underWay.push({ size: chunk.bytes.length, outcome })
      if (underWay.length >= this.request.jobs * WINDOW) await writeNext()
    }
    while (underWay.length > 0) await writeNext()
  }

  private openPool(): WorkerPool {
    const { dictionaries, workerFile, jobs, format, task, onNotice } = this.request
    const memories = new Map<number, Promise<SharedArrayBuffer>>()
    const memoryOf = (fiscalYear: number): Promise<SharedArrayBuffer> => {
      const known = memories.get(fiscalYear) ?? dictionaries.open(fiscalYear).then(({ memory }) => memory)
      memories.set(fiscalYear, known)
      return known
    }
    const fiscalYears = dictionaries.years.map(year => year.fiscalYear)
    const start = { fiscalYears, format, task }
    return createWorkerPool({
      file: workerFile,
      jobs,
      start,
      memoryOf,
      onDeath: reason => onNotice?.(`${reason}; its notes are tried again`),
    })
  }
}

/** Leaves out the chunks that a run before has written. */
async function* skip(chunks: AsyncGenerator<Chunk>, notes: number): AsyncGenerator<Chunk> {
  let left = notes
  for await (const chunk of chunks) {
    if (left === 0) yield chunk
    else if (left >= chunk.units.length) left -= chunk.units.length
    else
      throw new ChartcodeError(
        'output-exists',
        'the inputs changed since the run began: start anew in another directory',
      )
  }
}
