/**
 * Runs the word sets over all sentences of a document. Long sentences are searched in pieces, so that
 * a line of a million words costs a million words.
 */
import type { Document } from '../model/document.js'
import type { MatchBuffer } from './match-buffer.js'
import { LONGEST_PIECE, type WordSets } from './word-sets.js'

export function matchWordSets({ tokens, sentences }: Document, sets: WordSets, into: MatchBuffer): void {
  for (let sentence = 0; sentence < sentences.count; sentence++) {
    const past = sentences.first[sentence + 1] as number
    for (let from = sentences.first[sentence] as number; from < past; from += LONGEST_PIECE)
      if (past - from > 1) sets.matchSentence(tokens, from, Math.min(past, from + LONGEST_PIECE), into)
  }
}
