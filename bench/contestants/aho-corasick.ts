/** The best Aho-Corasick of the registry, with its own boundaries and its own choice of leftmost-longest. */
import AhoCorasick from 'modern-ahocorasick'
import type { Spans } from '../spans.js'

export function createAhoCorasick(phrases: readonly string[]): (text: string, into: Spans) => void {
  const automaton = new AhoCorasick(phrases, { boundary: 'ascii' })
  return (text, into) => {
    for (const { start, end } of automaton.search(text, { strategy: 'leftmost-longest' }))
      into.add(start, end)
  }
}
