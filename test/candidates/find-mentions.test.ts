/** Matches that share words: which of them is the mention. */
import { describe, expect, it } from 'vitest'
import { findMentions } from '../../src/candidates/find-mentions.js'
import { MatchBuffer } from '../../src/match/match-buffer.js'
import type { PhraseSource, Sense } from '../../src/model/dictionary.js'

const LEXICON = 1
const TITLE = 2
const NEOPLASM = 3
const SOURCES: Readonly<Record<number, PhraseSource>> = {
  [LEXICON]: 'lexicon',
  [TITLE]: 'title',
  [NEOPLASM]: 'neoplasm-table',
}

const sensesOf = (phrase: number): Sense[] => [
  { source: SOURCES[phrase] ?? 'lexicon', concept: -1, entry: phrase, needsCapitals: false },
]

/** `[first token, token after the last, phrase]` of every mention. */
function mentionsOf(
  add: (buffer: MatchBuffer) => void,
  accept: (phrase: number) => readonly Sense[] = sensesOf,
): number[][] {
  const buffer = new MatchBuffer(1)
  add(buffer)
  return findMentions(buffer, accept).map(({ firstToken, endToken, phrase }) => [
    firstToken,
    endToken,
    phrase,
  ])
}

describe('of matches that share words', () => {
  it('the one with more words is the mention', () => {
    const found = mentionsOf(buffer => {
      buffer.add(3, 4, LEXICON)
      buffer.add(2, 5, TITLE)
    })
    expect(found).toEqual([[2, 5, TITLE]])
  })

  it('the hand-written one goes before that of a publisher', () => {
    const found = mentionsOf(buffer => {
      buffer.add(2, 4, NEOPLASM)
      buffer.add(2, 4, LEXICON)
    })
    expect(found).toEqual([[2, 4, LEXICON]])
  })

  it('the one whose words stand together goes before the scattered one', () => {
    const found = mentionsOf(buffer => {
      buffer.addScattered(Int32Array.of(0, 4), 2, LEXICON)
      buffer.add(0, 2, LEXICON)
    })
    expect(found[0]).toEqual([0, 2, LEXICON])
  })

  it('one that may not stand there is no rival', () => {
    const found = mentionsOf(
      buffer => {
        buffer.add(2, 5, TITLE)
        buffer.add(3, 4, LEXICON)
      },
      phrase => (phrase === TITLE ? [] : sensesOf(phrase)),
    )
    expect(found).toEqual([[3, 4, LEXICON]])
  })
})

describe('matches that share no word', () => {
  it('are mentions in the order of the note', () => {
    const found = mentionsOf(buffer => {
      buffer.add(6, 7, LEXICON)
      buffer.add(1, 3, TITLE)
    })
    expect(found).toEqual([
      [1, 3, TITLE],
      [6, 7, LEXICON],
    ])
  })

  it('may stand inside the reach of a scattered one', () => {
    const found = mentionsOf(buffer => {
      buffer.addScattered(Int32Array.of(0, 3), 2, LEXICON)
      buffer.add(1, 2, TITLE)
    })
    expect(found).toEqual([
      [0, 4, LEXICON],
      [1, 2, TITLE],
    ])
  })
})
