/**
 * Phrases in notes at growing numbers of phrases: the token trie, a trie of `Map`s, an Aho-Corasick. All get
 * the same text, words in lower case with single blanks between, and have to find the same spans.
 */
import { readFileSync } from 'node:fs'
import { createAhoCorasick } from '../contestants/aho-corasick.js'
import { createMapTrie } from '../contestants/map-trie.js'
import { createTokenTrie } from '../contestants/token-trie.js'
import { Spans } from '../spans.js'
import {
  charactersOf,
  mustEqual,
  readNotes,
  runSuite,
  WrongAnswer,
  type SuiteAnswer,
  type SuiteConfig,
} from '../suite.js'
import { timeInTurns, type Timings } from '../timing.js'

const CHARACTERS = 1_500_000
const SIZES = [10_000, 75_000, 300_000]
const QUICK_SIZES = [10_000, 75_000]

type Matcher = (text: string, into: Spans) => void

runSuite(config => {
  const notes = readNotes(config, CHARACTERS).map(normalise)
  const phrases = readFileSync(config.phrases, 'utf8').split('\n')
  const groups: Record<string, Timings> = {}
  const figures: Record<string, number> = { characters: charactersOf(notes) }
  const tries: [number, Matcher][] = []
  for (const size of config.quick ? QUICK_SIZES : SIZES) {
    const some = phrases.slice(0, size)
    if (some.length < size) throw new Error(`only ${some.length} of ${size} phrases`)
    const matchers: Record<string, Matcher> = {
      'token trie': createTokenTrie(some),
      'Map trie': createMapTrie(some),
      'modern-ahocorasick': createAhoCorasick(some),
    }
    figures[`${size} spans`] = checkSame(matchers, notes)
    const contestants = Object.entries(matchers).map(([name, matcher]) => ({
      name,
      pass: () => passOver(notes, matcher),
    }))
    groups[`${size}`] = timeInTurns(contestants, config.rounds)
    tries.push([size, matchers['token trie'] as Matcher])
  }
  return growth(tries, notes, config, { groups, figures })
})

/** The token tries of all sizes against one another, in turns. */
function growth(
  tries: readonly [number, Matcher][],
  notes: readonly string[],
  config: SuiteConfig,
  answer: SuiteAnswer,
): SuiteAnswer {
  const contestants = tries.map(([size, matcher]) => ({
    name: `${size}`,
    pass: () => passOver(notes, matcher),
  }))
  return { ...answer, groups: { ...answer.groups, growth: timeInTurns(contestants, config.rounds) } }
}

function normalise(note: string): string {
  return note
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

function checkSame(matchers: Readonly<Record<string, Matcher>>, notes: readonly string[]): number {
  let total = 0
  for (const note of notes) {
    const found = Object.entries(matchers).map(([name, matcher]) => {
      const spans = new Spans()
      matcher(note, spans)
      return { name, spans }
    })
    const [first, ...others] = found
    for (const other of others) mustEqual(`spans of ${other.name}`, other.spans, first?.spans)
    total += first?.spans.count ?? 0
  }
  if (total === 0) throw new WrongAnswer('no span was found at all')
  return total
}

const found = new Spans()

function passOver(notes: readonly string[], matcher: Matcher): number {
  found.clear()
  for (const note of notes) matcher(note, found)
  return found.sum
}
