/** The trie that one writes first: nodes are `Map`s from word to node, words are strings. */
import type { Spans } from '../spans.js'

interface Node {
  readonly next: Map<string, Node>
  isPhrase: boolean
}

/** Leftmost-longest phrases of a text of words with single blanks between. */
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
    const words = text.split(' ')
    let start = 0
    for (let i = 0; i < words.length;) {
      let node = root.next.get(words[i] as string)
      let end = start + (words[i] as string).length
      let taken = node?.isPhrase === true ? 1 : 0
      let takenEnd = end
      for (let next = i + 1; node !== undefined && next < words.length; next++) {
        node = node.next.get(words[next] as string)
        end += 1 + (words[next] as string).length
        if (node?.isPhrase !== true) continue
        taken = next - i + 1
        takenEnd = end
      }
      if (taken > 0) {
        into.add(start, takenEnd)
        start = takenEnd + 1
        i += taken
      } else {
        start += (words[i] as string).length + 1
        i++
      }
    }
  }
}
