/**
 * One table for every way of matching: the phrases, a text, and what is found under each policy, written as
 * `phrase@token`. Run on the trie and on the naive matcher.
 */
import type { OverlapPolicy } from '../../src/match/trie.js'

export interface TrieCase {
  readonly name: string
  readonly phrases: readonly string[]
  readonly text: string
  readonly found: Readonly<Record<OverlapPolicy, readonly string[]>>
}

const same = (...found: readonly string[]): TrieCase['found'] => ({
  all: found,
  longest: found,
  'leftmost-longest': found,
})

export const TRIE_CASES: readonly TrieCase[] = [
  { name: 'nothing is found in an empty note', phrases: ['gout'], text: '', found: same() },
  { name: 'nothing is found without phrases', phrases: [], text: 'acute gout', found: same() },
  { name: 'a word is found', phrases: ['gout'], text: 'acute gout today', found: same('gout@1') },
  { name: 'capitals do not matter', phrases: ['gout'], text: 'GOUT Gout', found: same('gout@0', 'gout@1') },
  { name: 'a part of a word is not found', phrases: ['gout'], text: 'gouty', found: same() },
  {
    name: 'a phrase is found',
    phrases: ['heart failure'],
    text: 'has heart failure',
    found: same('heart failure@1'),
  },
  {
    name: 'the beginning of a phrase is not enough',
    phrases: ['heart failure'],
    text: 'heart',
    found: same(),
  },
  {
    name: 'the beginning of a phrase before the end of the note is not enough',
    phrases: ['heart failure'],
    text: 'the heart',
    found: same(),
  },
  {
    name: 'another word between breaks a phrase',
    phrases: ['heart failure'],
    text: 'heart pump failure',
    found: same(),
  },
  {
    name: 'a hyphen does not break a phrase',
    phrases: ['heart failure'],
    text: 'heart-failure',
    found: same('heart failure@0'),
  },
  {
    name: 'a line break does not break a phrase',
    phrases: ['severe congestive heart failure'],
    text: 'for many years the patient has had severe congestive heart\nfailure',
    found: same('severe congestive heart failure@7'),
  },
  { name: 'a comma breaks a phrase', phrases: ['heart failure'], text: 'heart, failure', found: same() },
  {
    name: 'the end of a sentence breaks a phrase',
    phrases: ['heart failure'],
    text: 'It is the heart. Failure is not seen',
    found: same(),
  },
  { name: 'a bracket breaks a phrase', phrases: ['heart failure'], text: 'heart (failure', found: same() },
  {
    name: 'an empty line breaks a phrase',
    phrases: ['heart failure'],
    text: 'heart\n\nfailure',
    found: same(),
  },
  { name: 'a column breaks a phrase', phrases: ['heart failure'], text: 'heart\tfailure', found: same() },
  {
    name: 'a list item breaks a phrase',
    phrases: ['heart failure'],
    text: 'heart\n- failure',
    found: same(),
  },
  {
    name: 'a gap before the first word breaks nothing',
    phrases: ['heart failure'],
    text: 'gout, heart failure',
    found: same('heart failure@1'),
  },
  {
    name: 'unknown words on both sides change nothing',
    phrases: ['heart failure'],
    text: 'xyz heart failure xyz',
    found: same('heart failure@1'),
  },
  {
    name: 'the longer of two phrases that start together',
    phrases: ['heart', 'heart failure'],
    text: 'heart failure',
    found: {
      all: ['heart@0', 'heart failure@0'],
      longest: ['heart failure@0'],
      'leftmost-longest': ['heart failure@0'],
    },
  },
  {
    name: 'a longer phrase that is not finished gives way to the shorter one',
    phrases: ['heart', 'heart failure with reduced'],
    text: 'heart failure with rash',
    found: same('heart@0'),
  },
  {
    name: 'a phrase inside another is its own under the policy longest',
    phrases: ['chronic heart failure', 'failure'],
    text: 'chronic heart failure',
    found: {
      all: ['chronic heart failure@0', 'failure@2'],
      longest: ['chronic heart failure@0', 'failure@2'],
      'leftmost-longest': ['chronic heart failure@0'],
    },
  },
  {
    name: 'phrases that overlap: the leftmost wins',
    phrases: ['acute heart', 'heart failure today'],
    text: 'acute heart failure today',
    found: {
      all: ['acute heart@0', 'heart failure today@1'],
      longest: ['acute heart@0', 'heart failure today@1'],
      'leftmost-longest': ['acute heart@0'],
    },
  },
  {
    name: 'the search goes on right behind a match',
    phrases: ['heart failure', 'failure', 'acute'],
    text: 'heart failure acute',
    found: {
      all: ['heart failure@0', 'failure@1', 'acute@2'],
      longest: ['heart failure@0', 'failure@1', 'acute@2'],
      'leftmost-longest': ['heart failure@0', 'acute@2'],
    },
  },
  {
    name: 'a word that repeats inside a phrase',
    phrases: ['a a b'],
    text: 'a a a b',
    found: same('a a b@1'),
  },
  {
    name: 'a phrase that overlaps itself',
    phrases: ['a a'],
    text: 'a a a',
    found: { all: ['a a@0', 'a a@1'], longest: ['a a@0', 'a a@1'], 'leftmost-longest': ['a a@0'] },
  },
  {
    name: 'of equal phrases the first keeps the place',
    phrases: ['gout', 'gout'],
    text: 'gout',
    found: same('gout@0'),
  },
  {
    name: 'a word with many followers finds each of them',
    phrases: ['a b', 'a c', 'a d', 'a e', 'a f', 'a g', 'a h', 'a i', 'a j', 'a k', 'a l', 'a m'],
    text: 'a b a m a g a z',
    found: same('a b@0', 'a m@2', 'a g@4'),
  },
  {
    name: 'signs are words of phrases',
    phrases: ['s/p', '+ fever'],
    text: 's/p CABG, +fever',
    found: same('s/p@0', '+ fever@4'),
  },
  {
    name: 'the possessive does not break a phrase',
    phrases: ['crohn disease'],
    text: "Crohn's disease",
    found: same('crohn disease@0'),
  },
]
