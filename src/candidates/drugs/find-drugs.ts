/** Names of drugs in a document → where they stand and what class they belong to; the longest name wins. */
import type { PhraseTable } from '../../model/dictionary.js'
import type { Document } from '../../model/document.js'
import type { DrugClass, DrugName } from '../../model/drugs.js'
import type { Span } from '../../model/span.js'
import { sentenceAt } from '../../text/sentence-at.js'

export interface Drug extends Span {
  readonly drugClass: DrugClass
  readonly firstToken: number
  readonly endToken: number
  readonly sentence: number
}

export interface DrugTables {
  readonly drugs: PhraseTable<DrugName>
  readonly drugClasses: readonly DrugClass[]
}

/** In the note's order. */
export function findDrugs({ text, tokens, sentences }: Document, { drugs, drugClasses }: DrugTables): Drug[] {
  const found: Drug[] = []
  for (let token = 0; token < tokens.count; token++) {
    if (drugs.starts[tokens.id[token] as number] === 0) continue
    const match = drugs.longest(tokens.id, tokens.gap, token, tokens.count)
    if (match === 0) continue
    const endToken = token + (match & LENGTH)
    const { drugClass, needsCapitals } = drugs.row(match >> LENGTH_BITS)
    const start = tokens.start[token] as number
    const end = tokens.end[endToken - 1] as number
    const words = text.slice(start, end)
    if (needsCapitals && words !== words.toUpperCase()) continue
    found.push({
      drugClass: drugClasses[drugClass] as DrugClass,
      firstToken: token,
      endToken,
      start,
      end,
      sentence: sentenceAt(sentences, token),
    })
    token = endToken - 1
  }
  return found
}

/** `row * 16 + length` of {@link PhraseTable}. */
const LENGTH_BITS = 4
const LENGTH = 15
