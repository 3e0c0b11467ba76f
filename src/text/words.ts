/**
 * Text → folded words, by the same scan as a note: what the dictionary's builder uses, so that a phrase
 * is cut as the notes are. Decomposed letters lose their accents, as they do when a note's word is looked up.
 */
import { BYTE_CLASS, CLASS, COMBINING } from './characters.js'
import { beginScan, scanBlock } from './scan.js'
import { createScratch } from './scratch.js'

const scratch = createScratch(4096)
const APOSTROPHE = 0x27

export function wordsOf(text: string): string[] {
  const own = text.length + 2 > scratch.capacity ? createScratch(text.length) : scratch
  const bounds = scanBlock(text, 0, text.length, beginScan(text, own), own)
  const { folded, bound } = own
  const words: string[] = []
  let previousEnd = -1
  for (let i = 0; i + 1 < bounds; i++) {
    const start = bound[i] as number
    if (BYTE_CLASS[folded[start] as number] === CLASS.separator) continue
    const end = bound[i + 1] as number
    let word = ''
    for (let at = start; at < end; at++)
      if (folded[at] !== COMBINING) word += String.fromCharCode(folded[at] as number)
    const isPossessive = word === 's' && folded[start - 1] === APOSTROPHE && previousEnd === start - 1
    if (!isPossessive && word !== '') words.push(word)
    previousEnd = end
  }
  return words
}
