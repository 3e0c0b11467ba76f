import { describe, expect, it } from 'vitest'
import { positionOf } from '../../../src/candidates/score/position.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

const { engine } = await lexiconEngine(2026)

function positionIn(text: string, words: string): string {
  const document = engine.read(text)
  const { start, end, count } = document.tokens
  const from = text.indexOf(words)
  const tokens = Array.from({ length: count }, (_, token) => token).filter(
    token => (start[token] as number) >= from && (end[token] as number) <= from + words.length,
  )
  const firstToken = tokens[0] as number
  return positionOf(
    { firstToken, endToken: firstToken + tokens.length, tokens, phrase: 0, senses: [] },
    document,
  )
}

const LONG = 'and he will come back for a repeat blood pressure check in four weeks from now'

describe('a mention stands in its line', () => {
  it.each([
    ['at the head, alone', 'Assessment:\nHypertension.\nWe continue.', 'Hypertension', 'head'],
    ['at the head, behind a number', 'Assessment:\n1. Type 2 diabetes\n2. Gout', 'Gout', 'head'],
    ['at the head, before a colon', `Plan:\nGout: colchicine as before ${LONG}`, 'Gout', 'head'],
    ['at the head, behind a side', 'Assessment:\nRight knee sprain.', 'sprain', 'head'],
    ['at the head, behind a heading', 'Impression: Gout.', 'Gout', 'head'],
    ['at the head, in a list on one line', 'A/P: 1. Sepsis. 2. Pneumonia.', 'Pneumonia', 'head'],
    ['opening it', `Assessment:\nHypertension is better ${LONG}`, 'Hypertension', 'opening'],
    ['within', 'Assessment:\nThe story is that of a tension headache.', 'headache', 'within'],
    ['within, behind a label', 'Assessment:\nReasoning: murmur unchanged', 'murmur', 'within'],
    [
      'within, in a later sentence',
      `Assessment:\nGout is better ${LONG}. His murmur is old.`,
      'murmur',
      'within',
    ],
  ])('%s', (_, text, words, position) => {
    expect(positionIn(text, words)).toBe(position)
  })
})
