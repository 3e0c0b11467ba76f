/**
 * Part of speech by winkNLP, for the few words whose meaning hangs on it ("falls", "cold", "discharge").
 * The model is loaded when the first such word is met and sees the one sentence it stands in.
 */
import { createRequire } from 'node:module'
import type { ItemToken, WinkMethods } from 'wink-nlp'
import type { PartOfSpeech } from '../candidates/sense-filter.js'

/** A sentence is cut to this many characters around the word, so that a hostile one stays cheap. */
const REACH = 300

export function createPartOfSpeech(): PartOfSpeech {
  let wink: WinkMethods | undefined
  return (text, start, end, sentenceStart, sentenceEnd) => {
    wink ??= loadWink()
    const from = Math.max(sentenceStart, start - REACH)
    const before = text.slice(from, start)
    const sentence = text.slice(from, Math.min(sentenceEnd, end + REACH))
    const word = text.slice(start, end).toLowerCase()
    const occurrence = countOf(before.toLowerCase(), word)
    // eslint-disable-next-line @typescript-eslint/unbound-method -- names a column, and uses no `this`
    const { pos } = wink.its
    const tags: string[] = []
    const note = (token: ItemToken) => {
      if (token.out().toLowerCase() === word) tags.push(token.out(pos))
    }
    wink.readDoc(sentence).tokens().each(note)
    const tag = tags[Math.min(occurrence, tags.length - 1)]
    if (tag === 'NOUN' || tag === 'PROPN') return 'noun'
    return tag === 'VERB' || tag === 'AUX' ? 'verb' : 'other'
  }
}

function countOf(text: string, word: string): number {
  return text.split(/[^a-z0-9]+/).filter(other => other === word).length
}

function loadWink(): WinkMethods {
  const require = createRequire(import.meta.url)
  const winkNLP = require('wink-nlp') as (model: unknown, pipe: readonly string[]) => WinkMethods
  return winkNLP(require('wink-eng-lite-web-model'), ['sbd', 'pos'])
}
