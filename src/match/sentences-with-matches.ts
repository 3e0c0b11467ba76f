/** Sentence → 1 where a match stands in it: what comes after matching needs to look at no other. */
import type { Document } from '../model/document.js'
import type { MatchBuffer } from './match-buffer.js'

export function sentencesWithMatches({ tokens, sentences }: Document, matches: MatchBuffer): Uint8Array {
  const wanted = new Uint8Array(sentences.count)
  const { start, count } = matches
  for (let row = 0; row < count; row++) wanted[tokens.sentence[start[row] as number] as number] = 1
  return wanted
}
