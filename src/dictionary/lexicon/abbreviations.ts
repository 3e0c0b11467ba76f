/** `dictionaries/abbreviations.csv` → one row a sense of an ambiguous abbreviation. */
import { listOf, readCsv } from './csv.js'

export interface AbbreviationSense {
  readonly file: string
  readonly line: number
  readonly abbreviation: string
  readonly sense: string
  /** Code with dot, empty where the sense is no condition. */
  readonly code: string
  /** Words in the sentence that decide for it; `@id` is a section, `*` stands without a cue. */
  readonly cues: readonly string[]
}

export function readAbbreviations(file: string): AbbreviationSense[] {
  return readCsv(file, ['abbreviation', 'sense', 'code', 'cues', 'why'] as const).map(({ cells, line }) => ({
    file,
    line,
    abbreviation: cells.abbreviation,
    sense: cells.sense,
    code: cells.code,
    cues: listOf(cells.cues),
  }))
}
