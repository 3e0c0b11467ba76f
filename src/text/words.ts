/**
 * Text → folded words, by the same scan as a note: what the dictionary's builder uses, so that a phrase
 * is cut as the notes are. Decomposed letters lose their accents, as they do when a note's word is looked up.
 */
import { COMBINING } from './characters.js'
import { scan } from './scan.js'
import { createScratch } from './scratch.js'

const scratch = createScratch(4096)
const APOSTROPHE = 0x27

export function wordsOf(text: string): string[] {
  const own = text.length + 2 > scratch.capacity ? createScratch(text.length) : scratch
  const count = scan(text, own)
  const words: string[] = []
  for (let i = 0; i < count; i++) {
    const start = own.start[i] as number
    const end = own.end[i] as number
    let word = ''
    for (let at = start; at < end; at++)
      if (own.folded[at] !== COMBINING) word += String.fromCharCode(own.folded[at] as number)
    const isPossessive =
      word === 's' && i > 0 && own.folded[start - 1] === APOSTROPHE && (own.end[i - 1] as number) === start - 1
    if (!isPossessive && word !== '') words.push(word)
  }
  return words
}
