/**
 * The real dictionary of FY2026, or of another year, from `dictionaries/` alone, compiled in the test's own process: no installed
 * release, no file in a cache. Compiled once for a test file.
 */
import { join } from 'node:path'
import { compileDictionary, type CompileInput } from '../../src/dictionary/build/compile.js'
import { gatherDictionary } from '../../src/dictionary/build/gather.js'
import { readHandTables } from '../../src/dictionary/build/hand-tables.js'
import { openDictionary, type Dictionary } from '../../src/dictionary/open-dictionary.js'
import { decodeSnapshot, type Snapshot } from '../../src/dictionary/snapshot/decode.js'
import { createEngine, type Engine } from '../../src/pipeline/engine.js'
import { createPartOfSpeech } from '../../src/pipeline/part-of-speech.js'

export const DICTIONARIES = join(import.meta.dirname, '../../dictionaries')
export const FISCAL_YEAR = 2026

export interface LexiconEngine {
  readonly input: CompileInput
  readonly bytes: Buffer
  readonly phrases: number
  readonly dictionary: Dictionary
  readonly engine: Engine
}

const built = new Map<number, Promise<LexiconEngine>>()

export function lexiconEngine(fiscalYear = FISCAL_YEAR): Promise<LexiconEngine> {
  const known = built.get(fiscalYear) ?? build(fiscalYear)
  built.set(fiscalYear, known)
  return known
}

async function build(fiscalYear: number): Promise<LexiconEngine> {
  const input = await gatherDictionary(DICTIONARIES, fiscalYear, undefined, readHandTables(DICTIONARIES))
  const { bytes, phrases } = compileDictionary(input)
  const dictionary = openDictionary(snapshotOf(bytes))
  return { input, bytes, phrases, dictionary, engine: createEngine(dictionary, createPartOfSpeech()) }
}

export function snapshotOf(bytes: Uint8Array, name = 'test'): Snapshot {
  const memory = new SharedArrayBuffer(bytes.length)
  new Uint8Array(memory).set(bytes)
  return decodeSnapshot(memory, { verify: true, name })
}
