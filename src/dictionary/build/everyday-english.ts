/** Words of everyday English, from the lexicon of natural's part-of-speech tagger: they are no spelling slips. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const LEXICON = 'natural/lib/natural/brill_pos_tagger/data/English/lexicon_from_posjs.json'

export function everydayEnglish(): string[] {
  const file = createRequire(import.meta.url).resolve(LEXICON)
  const lexicon = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const words = Object.keys(lexicon).map(word => word.toLowerCase())
  return [...new Set(words)].filter(word => /^[a-z]{6,}$/.test(word))
}
