/** The project's way from text to spans: scan, word ids, trie over flat arrays. */
import { MatchBuffer } from '../../src/match/match-buffer.js'
import { buildTrie, Trie } from '../../src/match/trie.js'
import { scan } from '../../src/text/scan.js'
import { createScratch } from '../../src/text/scratch.js'
import { tokenize } from '../../src/text/tokenize.js'
import { buildVocabulary } from '../../src/text/vocabulary-build.js'
import { Vocabulary } from '../../src/text/vocabulary.js'
import type { Spans } from '../spans.js'

const LONGEST_NOTE = 1 << 20

export function createTokenTrie(phrases: readonly string[]): (text: string, into: Spans) => void {
  const ids = new Map<string, number>()
  const idOf = (word: string): number => {
    const known = ids.get(word)
    if (known !== undefined) return known
    ids.set(word, ids.size + 1)
    return ids.size
  }
  const trie = new Trie(
    buildTrie(
      phrases.map(phrase => Uint32Array.from(phrase.split(' '), idOf)),
      ids.size + 1,
    ),
  )
  const vocabulary = new Vocabulary(buildVocabulary(ids))
  const scratch = createScratch(LONGEST_NOTE)
  const buffer = new MatchBuffer()
  return (text, into) => {
    const count = tokenize(text, scan(text, scratch), vocabulary, scratch)
    const { start, end, id, gap, sentence } = scratch
    buffer.clear()
    trie.matchAll({ count, start, end, id, gap, sentence }, 0, 'leftmost-longest', buffer)
    for (let row = 0; row < buffer.count; row++)
      into.add(start[buffer.start[row] as number] as number, end[(buffer.end[row] as number) - 1] as number)
  }
}
