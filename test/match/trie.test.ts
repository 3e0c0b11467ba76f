/** The token trie against a table of cases and against the naive matcher, under every policy. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { MatchBuffer } from '../../src/match/match-buffer.js'
import { buildTrie, renumberPhrases, Trie, type OverlapPolicy } from '../../src/match/trie.js'
import { PHRASE_BARRIER, type Tokens } from '../../src/model/document.js'
import { inventWords } from '../support/invented-words.js'
import { matchNaively, type Found } from './naive-matchers.js'
import { TRIE_CASES } from './trie-cases.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const POLICIES: readonly OverlapPolicy[] = ['all', 'longest', 'leftmost-longest']

function matchByTrie(
  phrases: readonly Uint32Array[],
  words: number,
  tokens: Tokens,
  policy: OverlapPolicy,
): Found[] {
  const buffer = new MatchBuffer(2)
  new Trie(buildTrie(phrases, words)).matchAll(tokens, PHRASE_BARRIER, policy, buffer)
  return Array.from({ length: buffer.count }, (_, row) => ({
    start: buffer.start[row] as number,
    end: buffer.end[row] as number,
    phrase: buffer.phrase[row] as number,
  }))
}

describe.each(POLICIES)('phrases under the policy %s', policy => {
  it.each(TRIE_CASES)('$name', ({ phrases, text, found }) => {
    const words = inventWords(...phrases)
    const ids = phrases.map(words.idsOf)
    const { tokens } = words.read(text)
    const written = (matches: readonly Found[]) =>
      matches.map(({ phrase, start }) => `${phrases[phrase - 1]}@${start}`)
    expect(written(matchNaively(ids, tokens, PHRASE_BARRIER, policy))).toEqual(found[policy])
    expect(written(matchByTrie(ids, words.size, tokens, policy))).toEqual(found[policy])
  })

  it('the trie finds what the naive matcher finds, for random phrases and tokens', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPhrase, { maxLength: 40 }), arbitraryTokens, (phrases, tokens) => {
        expect(matchByTrie(phrases, WORDS + 1, tokens, policy)).toEqual(
          matchNaively(phrases, tokens, PHRASE_BARRIER, policy),
        )
      }),
      { numRuns: 400 },
    )
  })
})

/** Few words, so that phrases share beginnings and nodes have from one to more than eight followers. */
const WORDS = 12
const arbitraryPhrase = fc
  .array(fc.integer({ min: 1, max: WORDS }), { minLength: 1, maxLength: 5 })
  .map(words => Uint32Array.from(words))
const arbitraryTokens: fc.Arbitrary<Tokens> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: WORDS }),
      fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 8191 })),
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

describe('the longest phrase from a token on', () => {
  const phraseAt = (phrases: readonly Uint32Array[], tokens: Tokens, token: number): number =>
    new Trie(buildTrie(phrases, WORDS + 1)).longest(
      tokens.id,
      tokens.gap,
      PHRASE_BARRIER,
      token,
      tokens.count,
    )

  it('is the one that the policy longest finds there', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPhrase, { maxLength: 30 }), arbitraryTokens, (phrases, tokens) => {
        const found = matchNaively(phrases, tokens, PHRASE_BARRIER, 'longest')
        for (let token = 0; token < tokens.count; token++) {
          const here = found.find(match => match.start === token)
          expect(phraseAt(phrases, tokens, token)).toBe(
            here === undefined ? 0 : here.phrase * 16 + here.end - here.start,
          )
        }
      }),
    )
  })

  it('is not longer than fifteen words', () => {
    const tokens: Tokens = {
      count: 20,
      id: new Int32Array(20).fill(1),
      gap: new Uint16Array(20),
      start: new Int32Array(20),
      end: new Int32Array(20),
    }
    const ofOnes = (length: number) => new Uint32Array(length).fill(1)
    expect(phraseAt([ofOnes(15), ofOnes(16)], tokens, 0)).toBe(16 + 15)
  })
})

describe('the phrase of given words', () => {
  it('is the one of exactly these words', () => {
    const phrases = [Uint32Array.of(1, 2), Uint32Array.of(1, 2, 3), Uint32Array.of(4)]
    const trie = new Trie(buildTrie(phrases, WORDS + 1))
    const found = [[1, 2], [1, 2, 3], [4], [1], [2, 3], [1, 2, 3, 4], [0], []].map(words =>
      trie.phraseOf(words),
    )
    expect(found).toEqual([1, 2, 3, 0, 0, 0, 0, 0])
  })
})

describe('a compiled trie', () => {
  it('does not depend on the order of different phrases, but for their numbers', () => {
    const phrases = [[1, 2], [1], [3, 1, 2], [1, 3], [2]].map(words => Uint32Array.from(words))
    const forward = buildTrie(phrases, 4)
    const backward = buildTrie([...phrases].reverse(), 4)
    expect([backward.word, backward.root]).toEqual([forward.word, forward.root])
    expect(renumberPhrases(backward, phrase => 6 - phrase).node).toEqual(forward.node)
  })

  it('holds one node a shared beginning', () => {
    expect(
      buildTrie(
        [
          [1, 2, 3],
          [1, 2, 4],
          [1, 2],
        ].map(words => Uint32Array.from(words)),
        5,
      ).node.length,
    ).toBe(2 * 5 + 1)
  })
})
