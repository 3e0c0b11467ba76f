/** Token → index of its sentence. */
import type { Sentences } from '../model/document.js'
import { lastUpTo } from './last-up-to.js'

export function sentenceAt({ first, count }: Sentences, token: number): number {
  return lastUpTo(first, count, token, -1)
}

/** First token of a token's sentence, and the one after its last. */
export function sentenceRange(sentences: Sentences, token: number): readonly [first: number, past: number] {
  const sentence = sentenceAt(sentences, token)
  return [sentences.first[sentence] as number, sentences.first[sentence + 1] as number]
}
