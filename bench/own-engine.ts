/** The engine on the bench's dictionary, as a worker of the service has it. */
import { openDictionary } from '../src/dictionary/open-dictionary.js'
import { openSnapshot } from '../src/dictionary/snapshot/decode.js'
import type { Encounter } from '../src/pipeline/encounter.js'
import { createEngine, type Engine } from '../src/pipeline/engine.js'
import { DEFAULT_OPTIONS } from '../src/pipeline/options.js'
import { createPartOfSpeech } from '../src/pipeline/part-of-speech.js'

export const OUTPATIENT: Encounter = { setting: 'outpatient', patient: undefined, options: DEFAULT_OPTIONS }

export function openEngine(snapshot: string): Engine {
  return createEngine(openDictionary(openSnapshot(snapshot)), createPartOfSpeech())
}

/** Reads, matches, and asserts every match; answers the number of matches. */
export function assertAllMatches(engine: Engine, note: string): number {
  const document = engine.read(note)
  const matches = engine.match(document)
  const { assertionOf } = engine.scopesOf(document, matches)
  for (let row = 0; row < matches.count; row++)
    assertionOf(matches.start[row] as number, matches.end[row] as number)
  return matches.count
}
