/** The project's way from text to spans: scan, word ids, trie over flat arrays. */
import { MatchBuffer } from '../../src/match/match-buffer.js'
import { buildTrie, Trie } from '../../src/match/trie.js'
import { createScratch } from '../../src/text/scratch.js'
import { tokenize } from '../../src/text/tokenize.js'
import { buildVocabulary } from '../../src/text/vocabulary-build.js'
import { Vocabulary } from '../../src/text/vocabulary.js'
import type { Spans } from '../spans.js'

const LONGEST_NOTE = 1 << 20

export function createTokenTrie(phrases: readonly string[]): (text: string, into: Spans) => void {
  const ids = numberWords(phrases)
  const trie = new Trie(
    buildTrie(
      phrases.map(phrase => Uint32Array.from(phrase.split(' '), word => ids.get(word) as number)),
      ids.size + 1,
    ),
  )
  const vocabulary = new Vocabulary(buildVocabulary(ids))
  const scratch = createScratch(LONGEST_NOTE)
  const buffer = new MatchBuffer()
  return (text, into) => {
    const count = tokenize(text, vocabulary, scratch)
    const { start, end, id, gap } = scratch
    buffer.clear()
    trie.matchAll({ count, start, end, id, gap }, 0, 'leftmost-longest', buffer)
    for (let row = 0; row < buffer.count; row++)
      into.add(start[buffer.start[row] as number] as number, end[(buffer.end[row] as number) - 1] as number)
  }
}

/** Word → id, the commonest words first, as the dictionary's compiler numbers them. */
function numberWords(phrases: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const phrase of phrases)
    for (const word of phrase.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts].sort(([, left], [, right]) => right - left)
  return new Map(words.map(([word], i) => [word, i + 1]))
}
