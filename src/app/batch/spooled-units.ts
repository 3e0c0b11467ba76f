/**
 * The units that an interrupted run had coded and not written out: they are taken from its spool, and of their
 * chunks only the others are coded. The spool lies in the run's directory while it runs, a file a chunk, which
 * goes when the chunk is written.
 */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { splitChunk, type Chunk } from '../coding/chunk.js'
import { joinOutcomes, type ChunkOutcome } from '../coding/outcome.js'
import { readUnitSpools, spoolFile } from '../coding/unit-spool.js'

export interface SpooledUnits {
  readonly directory: string
  /** Codes what of the chunk is not there yet. */
  readonly complete: (chunk: Chunk, code: (chunk: Chunk) => Promise<ChunkOutcome>) => Promise<ChunkOutcome>
  /** The chunk is written out. */
  readonly drop: (chunk: Chunk) => void
  /** The run is over. */
  readonly clear: () => void
}

/** `isResumed` false: what lies there is of no run, or of another. */
export function openSpooledUnits(out: string, isResumed: boolean): SpooledUnits {
  const directory = path.join(out, 'in-work')
  const clear = (): void => {
    rmSync(directory, { recursive: true, force: true })
  }
  if (!isResumed) clear()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const spooled = readUnitSpools(directory)
  return {
    directory,
    complete: (chunk, code) => {
      const known = spooled.get(chunk.sequence)
      return known === undefined || known.size === 0 ? code(chunk) : completeChunk(chunk, known, code)
    },
    drop: ({ sequence }) => {
      spooled.delete(sequence)
      rmSync(spoolFile(directory, sequence), { force: true })
    },
    clear,
  }
}

async function completeChunk(
  chunk: Chunk,
  known: ReadonlyMap<number, ChunkOutcome>,
  code: (chunk: Chunk) => Promise<ChunkOutcome>,
): Promise<ChunkOutcome> {
  const outcomes = splitChunk(chunk).map(async single => known.get(single.from ?? 0) ?? code(single))
  return joinOutcomes(await Promise.all(outcomes))
}
