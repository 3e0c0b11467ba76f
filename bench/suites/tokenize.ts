/**
 * Notes to words: the project's reader (offsets, word ids, sentences and sections besides) against a regular
 * expression, the tokenizer of natural and winkNLP without any of its annotations.
 */
import tokenizers from 'natural/lib/natural/tokenizers/index.js'
import type { Reader } from '../../src/text/reader.js'
import { openEngine } from '../own-engine.js'
import { charactersOf, mustEqual, readNotes, runSuite, WrongAnswer } from '../suite.js'
import { timeInTurns } from '../timing.js'
import { loadWink } from '../wink.js'

const CHARACTERS = 300_000
const WORD = /[A-Za-z0-9]+/g

runSuite(config => {
  // Only plain text: outside ASCII the four mean different things by a word.
  const notes = readNotes(config).filter(note => /^[\x20-\x7e\s]*$/.test(note))
  const some = upTo(notes, CHARACTERS)
  const { read } = openEngine(config.snapshot)
  for (const note of some) mustEqual('words of a note', wordSpans(read, note), regexSpans(note))
  const natural = new tokenizers.WordTokenizer()
  const wink = loadWink([])
  if (some.every(note => natural.tokenize(note).length === 0 || wink.readDoc(note).tokens().length() === 0))
    throw new WrongAnswer('a contestant found no word')
  const contestants = [
    { name: 'reader', pass: () => each(some, note => read(note).tokens.count) },
    { name: 'regex match', pass: () => each(some, note => (note.match(WORD) ?? []).length) },
    { name: 'regex matchAll', pass: () => each(some, note => regexSpans(note).length) },
    { name: 'natural WordTokenizer', pass: () => each(some, note => natural.tokenize(note).length) },
    { name: 'winkNLP, no pipe', pass: () => each(some, note => wink.readDoc(note).tokens().length()) },
  ]
  return {
    groups: { tokenize: timeInTurns(contestants, config.rounds) },
    figures: { characters: charactersOf(some) },
  }
})

function upTo(notes: readonly string[], characters: number): string[] {
  let size = 0
  return notes.filter(note => (size += note.length) <= characters)
}

/** Tokens that are words, as offsets. */
function wordSpans(read: Reader, note: string): [number, number][] {
  const { count, start, end } = read(note).tokens
  const spans = Array.from({ length: count }, (_, i): [number, number] => [
    start[i] as number,
    end[i] as number,
  ])
  return spans.filter(([from]) => /[A-Za-z0-9]/.test(note.charAt(from)))
}

/** Words by the regular expression, without the possessive, which the reader swallows. */
function regexSpans(note: string): [number, number][] {
  const spans: [number, number][] = []
  for (const { index, 0: word } of note.matchAll(WORD)) {
    const isPossessive =
      (word === 's' || word === 'S') && /['`]/.test(note.charAt(index - 1)) && spans.at(-1)?.[1] === index - 1
    if (!isPossessive) spans.push([index, index + word.length])
  }
  return spans
}

function each(notes: readonly string[], count: (note: string) => number): number {
  let sum = 0
  for (const note of notes) sum += count(note)
  return sum
}
