/**
 * What decides for a sense of an ambiguous abbreviation, and what must stand beside it, as ids of words: looked up once
 * for a row of the lexicon, for a note asks at each of its abbreviations.
 */
import type { Concept, Sense } from '../model/dictionary.js'

export interface SenseCues {
  readonly sections: readonly string[]
  readonly words: readonly number[]
  /** It is meant where no cue decides. */
  readonly isUsual: boolean
  /** Words of which one must stand in the sentence. */
  readonly needs: readonly number[]
}

const USUAL = '*'
const SECTION = '@'
const NO_CUES: SenseCues = { sections: [], words: [], isUsual: false, needs: [] }

export function createSenseCues(
  conceptAt: (index: number) => Concept,
  wordId: (word: string) => number,
): (sense: Sense) => SenseCues {
  const known = new Map<number, SenseCues>()
  return ({ concept }) => {
    if (concept < 0) return NO_CUES
    const seen = known.get(concept)
    if (seen !== undefined) return seen
    const cues = readCues(conceptAt(concept), wordId)
    known.set(concept, cues)
    return cues
  }
}

function readCues({ cues = [], needs = [] }: Concept, wordId: (word: string) => number): SenseCues {
  const idsOf = (words: readonly string[]): number[] => words.map(wordId).filter(id => id !== 0)
  return {
    sections: cues.filter(cue => cue.startsWith(SECTION)).map(cue => cue.slice(SECTION.length)),
    words: idsOf(cues.filter(cue => cue !== USUAL && !cue.startsWith(SECTION))),
    isUsual: cues.includes(USUAL),
    needs: idsOf(needs),
  }
}
