/**
 * Date of service → the engine of its dictionary. An engine holds working memory, so each thread has its
 * own rack, with one engine a fiscal year; the dictionaries behind them may share memory between threads.
 */
import { openDictionary } from '../dictionary/open-dictionary.js'
import type { Snapshot } from '../dictionary/snapshot/decode.js'
import type { EngineChoice } from '../pipeline/detect.js'
import { createEngine, type Engine } from '../pipeline/engine.js'
import { createPartOfSpeech } from '../pipeline/part-of-speech.js'
import type { ChosenYear } from './dictionaries.js'

export interface EngineSource {
  readonly choose: (dateOfService: string | null) => ChosenYear
  readonly open: (fiscalYear: number) => Promise<Snapshot>
}

export interface Engines {
  /** Throws `date-invalid` for what is no date. */
  readonly forDate: (dateOfService: string | null) => Promise<EngineChoice>
}

export function createEngines({ choose, open }: EngineSource): Engines {
  const engines = new Map<number, Promise<Engine>>()
  const partOfSpeech = createPartOfSpeech()
  const engineOf = (fiscalYear: number): Promise<Engine> => {
    const known = engines.get(fiscalYear)
    if (known !== undefined) return known
    const engine = open(fiscalYear).then(snapshot => createEngine(openDictionary(snapshot), partOfSpeech))
    engines.set(fiscalYear, engine)
    return engine
  }
  return {
    forDate: async dateOfService => {
      const { fiscalYear, substituted, wanted } = choose(dateOfService)
      return { engine: await engineOf(fiscalYear), substituted, wanted }
    },
  }
}
