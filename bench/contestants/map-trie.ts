/** The trie that one writes first: words by a regular expression, nodes are `Map`s from word to node. */
import type { Spans } from '../spans.js'

interface Node {
  readonly next: Map<string, Node>
  isPhrase: boolean
}

const WORD = /[a-z0-9]+/g

/** Leftmost-longest phrases of a note. */
export function createMapTrie(phrases: readonly string[]): (text: string, into: Spans) => void {
  const root: Node = { next: new Map(), isPhrase: false }
  for (const phrase of phrases) {
    let node = root
    for (const word of phrase.split(' ')) {
      let next = node.next.get(word)
      if (next === undefined) node.next.set(word, (next = { next: new Map(), isPhrase: false }))
      node = next
    }
    node.isPhrase = true
  }
  return (text, into) => {
    const lower = text.toLowerCase()
    const words: string[] = []
    const starts: number[] = []
    WORD.lastIndex = 0
    for (let found = WORD.exec(lower); found !== null; found = WORD.exec(lower)) {
      words.push(found[0])
      starts.push(found.index)
    }
    for (let i = 0; i < words.length; i++) {
      let node = root.next.get(words[i] as string)
      let last = node?.isPhrase === true ? i : -1
      for (let next = i + 1; node !== undefined && next < words.length; next++) {
        node = node.next.get(words[next] as string)
        if (node?.isPhrase === true) last = next
      }
      if (last < 0) continue
      into.add(starts[i] as number, (starts[last] as number) + (words[last] as string).length)
      i = last
    }
  }
}
