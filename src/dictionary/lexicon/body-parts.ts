/** `dictionaries/body-parts.csv` → the words that name a part of the body or a side of it, nouns and adjectives. */
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv } from './csv.js'

export function readBodyParts(file: string): string[] {
  const words = readCsv(file, ['part', 'forms'] as const).flatMap(({ cells }) =>
    [cells.part, ...listOf(cells.forms)].flatMap(wording => wordsOf(wording)),
  )
  return [...new Set(words)]
}
