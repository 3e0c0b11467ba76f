/** Word sets: phrases whose words stand in any order, against a table and against the naive matcher. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { MatchBuffer } from '../../src/match/match-buffer.js'
import { matchWordSets } from '../../src/match/match-word-sets.js'
import { LARGEST_SET, WordSets } from '../../src/match/word-sets.js'
import { buildWordSets } from '../../src/match/word-sets-build.js'
import type { Tokens } from '../../src/model/document.js'
import { inventWords, tokenTexts } from '../support/invented-words.js'
import { isClose, matchSetsNaively, type FoundSet } from './naive-matchers.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const SET = 'failure heart systolic'

/** `weights`: what makes each word a worse anchor. */
function setsOf(
  sets: readonly Uint32Array[],
  weights: Uint32Array,
  breaks: readonly number[] = [],
): WordSets {
  return new WordSets(
    buildWordSets(
      sets,
      sets.map((_, i) => i + 1),
      weights,
      Uint32Array.from(breaks),
    ),
  )
}

function readBuffer(buffer: MatchBuffer): FoundSet[] {
  return Array.from({ length: buffer.count }, (_, row) => {
    const at = buffer.placesAt[row] as number
    return {
      start: buffer.start[row] as number,
      end: buffer.end[row] as number,
      phrase: buffer.phrase[row] as number,
      tokens: Array.from(buffer.places.slice(at + 1, at + 1 + (buffer.places[at] as number))),
    }
  })
}

describe('a set of words', () => {
  it.each([
    ['is found in its own order', 'failure heart systolic', 'failure heart systolic'],
    ['is found in another order', 'acute systolic heart failure', 'systolic heart failure'],
    [
      'is found with three other words among its own',
      'systolic failure of the left heart',
      'systolic failure heart',
    ],
    ['is not found with four others', 'systolic failure of the whole left heart', ''],
    ['is not found where a word is missing', 'systolic heart disease', ''],
    [
      'is found over a comma if it ends its item',
      'old heart failure, systolic. fever',
      'heart failure systolic',
    ],
    ['is not found over a comma that parts two items', 'old heart failure, systolic murmur', ''],
    ['is not found over an `or`', 'heart or systolic failure', ''],
    ['is not found over a comma with other words between', 'old heart failure today, systolic', ''],
    ['is not found over a semicolon with other words between', 'old heart failure today; systolic', ''],
    ['is not found in two columns with other words between', 'old heart failure today\tsystolic', ''],
    [
      'is found with other words over a comma as a line of its own',
      'heart failure, acute systolic',
      'heart failure systolic',
    ],
    ['is not found in two sentences', 'The heart is in failure. Systolic murmur', ''],
    [
      'is found with the word nearest to the others, not to the rarest alone',
      'heart rate and systolic failure of the heart',
      'systolic failure heart',
    ],
    [
      'is found with the word on the other side, where the nearer one fails',
      'systolic was a failure and of heart the systolic',
      'failure heart systolic',
    ],
    ['is found over a bracket', 'heart failure (chronic systolic)', 'heart failure systolic'],
    ['takes of a repeated word the nearest', 'heart heart failure systolic', 'heart failure systolic'],
    [
      'is found twice where it stands twice',
      'systolic heart failure and again a systolic heart failure',
      'systolic heart failure|systolic heart failure',
    ],
  ])('%s', (_, text, expected) => {
    const words = inventWords(SET, 'or')
    const document = words.read(text)
    const buffer = new MatchBuffer()
    matchWordSets(
      document,
      setsOf([words.idsOf(SET)], new Uint32Array(words.size), [...words.idsOf('or')]),
      buffer,
    )
    const written = readBuffer(buffer).map(({ tokens }) =>
      tokens.map(token => tokenTexts(document)[token]?.toLowerCase()).join(' '),
    )
    expect(written.join('|')).toBe(expected)
  })

  it('of the largest size is found', () => {
    const text = 'a b c d e f g h i j k l'
    const words = inventWords(text)
    const buffer = new MatchBuffer()
    matchWordSets(words.read(text), setsOf([words.idsOf(text)], new Uint32Array(words.size)), buffer)
    expect(words.idsOf(text).length).toBe(LARGEST_SET)
    expect(readBuffer(buffer).map(match => match.tokens.length)).toEqual([LARGEST_SET])
  })
})

const WORDS = 9
/** A word over which no set reaches. */
const BREAKS = [WORDS]
const arbitrarySet = fc
  .uniqueArray(fc.integer({ min: 1, max: WORDS }), { minLength: 2, maxLength: 4 })
  .map(words => Uint32Array.from(words).sort())
const arbitrarySets = fc.uniqueArray(arbitrarySet, { maxLength: 20, selector: set => set.join(' ') })
const arbitraryWeights = fc
  .array(fc.nat(5), { minLength: WORDS + 1, maxLength: WORDS + 1 })
  .map(weights => Uint32Array.from(weights))
const arbitraryTokens: fc.Arbitrary<Tokens> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: WORDS }),
      fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 4095 })),
    ),
    { maxLength: 40 },
  )
  .map(rows => ({
    count: rows.length,
    id: Int32Array.from(rows, row => row[0]),
    gap: Uint16Array.from(rows, row => row[1]),
    start: new Int32Array(rows.length),
    end: new Int32Array(rows.length),
  }))

const inOrder = (found: readonly FoundSet[]): FoundSet[] =>
  [...found].sort(
    (a, b) =>
      a.phrase - b.phrase ||
      a.start - b.start ||
      a.end - b.end ||
      (a.tokens.join() < b.tokens.join() ? -1 : 1),
  )

describe('word sets on random tokens', () => {
  it('find what the naive matcher finds', () => {
    fc.assert(
      fc.property(arbitrarySets, arbitraryWeights, arbitraryTokens, (sets, weights, tokens) => {
        const buffer = new MatchBuffer(2)
        setsOf(sets, weights, BREAKS).matchSentence(tokens, 0, tokens.count, buffer)
        expect(inOrder(readBuffer(buffer))).toEqual(inOrder(matchSetsNaively(sets, weights, tokens, BREAKS)))
      }),
      { numRuns: 500 },
    )
  })

  it('report each word of the set once, near enough, and not over a list', () => {
    fc.assert(
      fc.property(arbitrarySets, arbitraryWeights, arbitraryTokens, (sets, weights, tokens) => {
        const buffer = new MatchBuffer()
        setsOf(sets, weights, BREAKS).matchSentence(tokens, 0, tokens.count, buffer)
        for (const found of readBuffer(buffer)) {
          const words = found.tokens.map(token => tokens.id[token] as number).sort((a, b) => a - b)
          expect(words).toEqual(Array.from(sets[found.phrase - 1] as Uint32Array))
          expect(isClose(found.tokens, tokens, BREAKS)).toBe(true)
        }
      }),
    )
  })

  it('depend on nothing that was searched before', () => {
    fc.assert(
      fc.property(
        arbitrarySets,
        arbitraryWeights,
        fc.array(arbitraryTokens, { maxLength: 6 }),
        arbitraryTokens,
        (sets, weights, before, tokens) => {
          const used = setsOf(sets, weights)
          for (const other of before) used.matchSentence(other, 0, other.count, new MatchBuffer())
          const [fresh, reused] = [new MatchBuffer(), new MatchBuffer()]
          used.matchSentence(tokens, 0, tokens.count, reused)
          setsOf(sets, weights).matchSentence(tokens, 0, tokens.count, fresh)
          expect(readBuffer(reused)).toEqual(readBuffer(fresh))
        },
      ),
    )
  })
})

describe('a sentence of a hundred thousand words', () => {
  it('is searched in time in proportion to its length', () => {
    const words = inventWords('a b c')
    const document = words.read('a b c '.repeat(33_334))
    const buffer = new MatchBuffer()
    const started = performance.now()
    matchWordSets(
      document,
      setsOf([words.idsOf('a b'), words.idsOf('b c'), words.idsOf('a b c')], new Uint32Array(words.size)),
      buffer,
    )
    // About 0.1 s on a quiet machine.
    expect(performance.now() - started).toBeLessThan(5000)
    expect(buffer.count).toBeGreaterThan(90_000)
  })
})
