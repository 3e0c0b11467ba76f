/**
 * The best Aho-Corasick of the registry. Its own word boundaries and its own choice of the longest cost it
 * ten times its speed, so phrases and text are padded with blanks instead and the choice is made here. It
 * knows no words: lower case and single blanks are made for it in the cheapest way while the clock runs; the
 * way back to the offsets of the note is given to it.
 */
import AhoCorasick from 'modern-ahocorasick'
import type { Spans } from '../spans.js'

/** A note, and the way back to it from the text that is searched. */
export interface Normalised {
  readonly note: string
  /** Offset in the text → offset in the note. */
  readonly at: Int32Array
}

export function withOffsets(note: string): Normalised {
  const at: number[] = []
  for (const { index, 0: part } of ` ${note} `.matchAll(/[A-Za-z0-9]+|[^A-Za-z0-9]+/g)) {
    const length = /[A-Za-z0-9]/.test(part) ? part.length : 1
    for (let i = 0; i < length; i++) at.push(index - 1 + i)
  }
  return { note, at: Int32Array.from(at) }
}

function normalise(note: string): string {
  return ` ${note} `.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
}

/** Leftmost-longest phrases, as offsets of the note. */
export function createAhoCorasick(phrases: readonly string[]): (normalised: Normalised, into: Spans) => void {
  const automaton = new AhoCorasick(phrases.map(phrase => ` ${phrase} `))
  return ({ note, at }, into) => {
    const all = automaton
      .search(normalise(note), { strategy: 'all' })
      .sort((a, b) => a.start - b.start || b.end - a.end)
    let past = 0
    for (const { start, end } of all) {
      if (start + 1 < past) continue
      into.add(at[start + 1] as number, (at[end - 2] as number) + 1)
      past = end
    }
  }
}
