/** Sentence → 1 where a match stands in it: what comes after matching needs to look at no other. */
import type { Document } from '../model/document.js'
import type { MatchBuffer } from './match-buffer.js'

export function sentencesWithMatches({ sentences }: Document, matches: MatchBuffer): Uint8Array {
  const { first, count } = sentences
  const wanted = new Uint8Array(count)
  let sentence = 0
  for (let row = 0; row < matches.count; row++) {
    const token = matches.start[row] as number
    // Rows come in runs that ascend: of each matcher one.
    if (token < (first[sentence] as number)) sentence = 0
    while (token >= (first[sentence + 1] as number)) sentence++
    wanted[sentence] = 1
  }
  return wanted
}
