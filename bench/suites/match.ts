/**
 * Phrases in notes at growing numbers of phrases: the token trie, a trie of `Map`s, an Aho-Corasick. All have
 * to find the same spans of the note. What only the project's reader sees otherwise (possessives, signs,
 * letters beyond ASCII) is taken out of the notes first.
 */
import { readFileSync } from 'node:fs'
import { createAhoCorasick, withOffsets, type Normalised } from '../contestants/aho-corasick.js'
import { createMapTrie } from '../contestants/map-trie.js'
import { createTokenTrie } from '../contestants/token-trie.js'
import { Spans } from '../spans.js'
import { charactersOf, mustEqual, readNotes, runSuite, WrongAnswer, type SuiteAnswer } from '../suite.js'
import { timeInTurns, type Contestant, type Timings } from '../timing.js'

const CHARACTERS = 1_500_000
const SIZES = [10_000, 75_000, 300_000]
const QUICK_SIZES = [10_000, 75_000]

type Find = (text: string, into: Spans) => void

runSuite(config => {
  const notes = readNotes(config, CHARACTERS).map(plain)
  const withWayBack = notes.map(withOffsets)
  const phrases = readFileSync(config.phrases, 'utf8').split('\n')
  const groups: Record<string, Timings> = {}
  const figures: Record<string, number> = { characters: charactersOf(notes) }
  const tries: [number, Find][] = []
  for (const size of config.quick ? QUICK_SIZES : SIZES) {
    const some = phrases.slice(0, size)
    if (some.length < size) throw new Error(`only ${some.length} of ${size} phrases`)
    const trie = createTokenTrie(some)
    const mapTrie = createMapTrie(some)
    const automaton = createAhoCorasick(some)
    const racers = [
      racer('token trie', notes, trie),
      racer('Map trie', notes, mapTrie),
      racer('modern-ahocorasick', withWayBack, automaton),
    ]
    figures[`${size} spans`] = checkSame(racers)
    groups[`${size}`] = timeInTurns(racers, config.rounds)
    tries.push([size, trie])
  }
  // The token tries of all sizes against one another.
  const sizes = tries.map(([size, find]) => racer(`${size}`, notes, find))
  return { figures, groups: { ...groups, growth: timeInTurns(sizes, config.rounds) } } satisfies SuiteAnswer
})

interface Racer extends Contestant {
  /** Spans of each note. */
  readonly spans: () => Spans[]
}

function racer<Text extends string | Normalised>(
  name: string,
  texts: readonly Text[],
  find: (text: Text, into: Spans) => void,
): Racer {
  const found = new Spans()
  return {
    name,
    pass: () => {
      found.clear()
      for (const text of texts) find(text, found)
      return found.sum
    },
    spans: () =>
      texts.map(text => {
        const spans = new Spans()
        find(text, spans)
        return spans
      }),
  }
}

function checkSame(racers: readonly Racer[]): number {
  const [first, ...others] = racers.map(({ name, spans }) => ({ name, spans: spans() }))
  for (const { name, spans } of others)
    spans.forEach((found, note) => mustEqual(`spans of ${name} in note ${note}`, found, first?.spans[note]))
  const total = (first?.spans ?? []).reduce((sum, { count }) => sum + count, 0)
  if (total === 0) throw new WrongAnswer('no span was found at all')
  return total
}

function plain(note: string): string {
  return note.replace(/['\u2018\u2019`]s?\b/gi, ' ').replace(/[^A-Za-z0-9\s.,;:()-]/g, ' ')
}
