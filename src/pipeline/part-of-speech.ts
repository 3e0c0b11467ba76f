/**
 * Part of speech by winkNLP, for the few words whose meaning hangs on it ("falls", "cold", "discharge").
 * The model is loaded when the first such word is met and sees the one sentence it stands in.
 */
import { createRequire } from 'node:module'
import type { ItemToken, WinkMethods } from 'wink-nlp'
import type { PartOfSpeech } from '../candidates/sense-filter.js'

/** A sentence is cut to this many characters around the word, so that a hostile one stays cheap. */
const REACH = 300

/** Answers kept; a note that repeats a sentence asks once. */
const REMEMBERED = 4096

export function createPartOfSpeech(): PartOfSpeech {
  let wink: WinkMethods | undefined
  const known = new Map<string, ReturnType<PartOfSpeech>>()
  return (text, start, end, sentenceStart, sentenceEnd) => {
    const from = Math.max(sentenceStart, start - REACH)
    const sentence = text.slice(from, Math.min(sentenceEnd, end + REACH))
    const key = `${start - from} ${sentence}`
    const seen = known.get(key)
    if (seen !== undefined) return seen
    wink ??= loadWink()
    const answer = tagOf(wink, sentence, start - from, end - from)
    if (known.size === REMEMBERED) known.clear()
    known.set(key, answer)
    return answer
  }
}

/** The tag of the word at `[start, end)`, found among winkNLP's tokens by counting the word's occurrences. */
function tagOf(wink: WinkMethods, sentence: string, start: number, end: number): ReturnType<PartOfSpeech> {
  const word = sentence.slice(start, end).toLowerCase()
  const occurrence = countOf(sentence.slice(0, start).toLowerCase(), word)
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it names a column, and uses no `this`
  const { pos } = wink.its
  const tags: string[] = []
  const note = (token: ItemToken): void => {
    if (token.out().toLowerCase() === word) tags.push(token.out(pos))
  }
  wink.readDoc(sentence).tokens().each(note)
  const tag = tags[Math.min(occurrence, tags.length - 1)]
  if (tag === 'NOUN' || tag === 'PROPN') return 'noun'
  return tag === 'VERB' || tag === 'AUX' ? 'verb' : 'other'
}

function countOf(text: string, word: string): number {
  return text.split(/[^a-z0-9]+/).filter(other => other === word).length
}

function loadWink(): WinkMethods {
  const require = createRequire(import.meta.url)
  const winkNLP = require('wink-nlp') as (model: unknown, pipe: readonly string[]) => WinkMethods
  return winkNLP(require('wink-eng-lite-web-model'), ['sbd', 'pos'])
}
