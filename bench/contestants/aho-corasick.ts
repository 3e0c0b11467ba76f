/**
 * The best Aho-Corasick of the registry. Its own word boundaries and its own choice of the longest cost it
 * ten times its speed, so phrases and text are padded with blanks instead and the choice is made here. It
 * knows no words: what parts them has to be single blanks, which is done before the clock runs.
 */
import AhoCorasick from 'modern-ahocorasick'
import type { Spans } from '../spans.js'

/** Text whose words are parted by single blanks, and the way back to the note. */
export interface Normalised {
  readonly text: string
  /** Offset in the text → offset in the note. */
  readonly at: Int32Array
}

export function normalise(note: string): Normalised {
  const at: number[] = []
  let text = ''
  for (const { index, 0: word } of ` ${note.toLowerCase()} `.matchAll(/[a-z0-9]+|[^a-z0-9]+/g)) {
    const isWord = /[a-z0-9]/.test(word)
    for (let i = 0; i < (isWord ? word.length : 1); i++) at.push(index - 1 + i)
    text += isWord ? word : ' '
  }
  return { text, at: Int32Array.from(at) }
}

/** Leftmost-longest phrases, as offsets of the note. */
export function createAhoCorasick(phrases: readonly string[]): (normalised: Normalised, into: Spans) => void {
  const automaton = new AhoCorasick(phrases.map(phrase => ` ${phrase} `))
  return ({ text, at }, into) => {
    const all = automaton.search(text, { strategy: 'all' }).sort((a, b) => a.start - b.start || b.end - a.end)
    let past = 0
    for (const { start, end } of all) {
      if (start + 1 < past) continue
      into.add(at[start + 1] as number, (at[end - 2] as number) + 1)
      past = end
    }
  }
}
