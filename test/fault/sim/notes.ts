/**
 * The notes of the simulation and what coding makes of them: no medicine, only a result that follows from the
 * note, and two kinds of poison. Chunks of a batch lie in memory, each with one note.
 */
import { assembleChunk } from '../../../src/app/coding/assemble-chunk.js'
import type { Chunk } from '../../../src/app/coding/chunk.js'
import { NOTE_STRIDE, WHAT, type ChunkOutcome } from '../../../src/app/coding/outcome.js'
import type { ChunkFiles } from '../../../src/app/work/chunk-files.js'
import { pipelineKey, type WorkPipeline } from '../../../src/app/work/work-pipeline.js'
import type { ErrorCode } from '../../../src/model/errors.js'
import type { Note } from '../../../src/model/note.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import type { Random } from '../random.js'

export const SIMULATED: WorkPipeline = {
  engine: 'simulated',
  dictionaries: [],
  job: { format: 'ndjson', task: { options: DEFAULT_OPTIONS } },
}
export const PIPELINE = pipelineKey(SIMULATED)

/** `kills`: the process that codes it. `throws`: the thread, twice. */
export type SimulatedPoison = 'kills' | 'throws'

export function simulatedNote(name: string, poison: SimulatedPoison | null, random: Random): Note {
  return {
    id: name,
    text: poison === null ? name : `${name} ${poison}`,
    facility: `facility ${random.below(3)}`,
  }
}

export function poisonIn(text: string): SimulatedPoison | null {
  if (text.endsWith(' kills')) return 'kills'
  return text.endsWith(' throws') ? 'throws' : null
}

export function poisonOf({ bytes }: Chunk): SimulatedPoison | null {
  const { text } = JSON.parse(Buffer.from(bytes).toString()) as Note
  return poisonIn(text)
}

export function resultOf(body: Uint8Array): Uint8Array {
  return Buffer.from(`result of ${Buffer.from(body).toString()}`)
}

export function codedAs({ bytes }: Chunk): ChunkOutcome {
  return { ...NOTHING, results: resultOf(bytes), notes: accountOf(WHAT.coded) }
}

export function refusedAs(reason: ErrorCode): ChunkOutcome {
  const quarantined = [{ unit: 0, reason, attempts: 2 }]
  return { ...NOTHING, notes: accountOf(WHAT.failed), failures: { [reason]: 1 }, quarantined }
}

const NONE = new Uint8Array(0)
const NOTHING = { results: NONE, errors: NONE, failures: {}, used: [], quarantined: [] }

function accountOf(what: number): Uint32Array {
  const account = new Uint32Array(NOTE_STRIDE)
  account[0] = what
  return account
}

export const CHUNKS_IN_MEMORY: ChunkFiles = {
  read: async (_, number) => {
    const bytes = new Uint8Array(Buffer.from(JSON.stringify({ text: `chunk ${number}` })))
    return assembleChunk(number, [{ source: '', raw: { kind: 'json', line: 1, bytes } }])
  },
  write: (_, { chunk, attempt }) => ({ file: `${chunk.sequence}-${attempt}`, bytes: 0, sha256: '' }),
}
