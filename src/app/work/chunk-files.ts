/**
 * Where the chunks of batches are read from and their parts are written to: files, but for the simulation,
 * which has both in memory.
 */
import { writePart } from './part-file.js'
import { readPlace } from './read-place.js'

export interface ChunkFiles {
  readonly read: typeof readPlace
  readonly write: typeof writePart
}

export const CHUNK_FILES: ChunkFiles = { read: readPlace, write: writePart }
