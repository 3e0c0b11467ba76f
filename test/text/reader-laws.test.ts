/** Laws of reading that hold for every string there is, and the time a hostile one may take. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Document } from '../../src/model/document.js'
import { anyText } from '../support/arbitrary-notes.js'
import { sentenceAt } from '../../src/text/sentence-at.js'
import { createContextKit } from '../support/context-kit.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { read } = createContextKit(['gout'])
const MILLION = 1_000_000

/** Everything that a document says, copied out of the reader's memory. */
function copyOf({ tokens, sentences, sections, checkBoxes }: Document): unknown {
  const { count } = tokens
  const columns = [tokens.start, tokens.end, tokens.id, tokens.gap].map(column =>
    Array.from(column.slice(0, count)),
  )
  return {
    count,
    columns,
    sentences: Array.from(sentences.first.slice(0, sentences.count + 1)),
    sections,
    checkBoxes,
  }
}

describe('reading any string', () => {
  it('gives tokens inside the text, in order, without overlap, none of them empty', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { tokens } = read(text)
        let previous = 0
        for (let token = 0; token < tokens.count; token++) {
          expect(tokens.start[token]).toBeGreaterThanOrEqual(previous)
          expect(tokens.end[token]).toBeGreaterThan(tokens.start[token] as number)
          previous = tokens.end[token] as number
        }
        expect(previous).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 500 },
    )
  })

  it('puts every token into one sentence and one section, both in order', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { tokens, sentences, sections } = read(text)
        expect(sentences.first[sentences.count]).toBe(tokens.count)
        for (let sentence = 0; sentence < sentences.count; sentence++) {
          const [from, past] = [sentences.first[sentence] as number, sentences.first[sentence + 1] as number]
          expect(past).toBeGreaterThan(from)
          for (let token = from; token < past; token++) expect(sentenceAt(sentences, token)).toBe(sentence)
        }
        expect(sections[0]?.firstToken).toBe(0)
        sections.forEach((section, i) =>
          expect(section.endToken).toBe(sections[i + 1]?.firstToken ?? tokens.count),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('gives check boxes and headings that lie inside the text', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { checkBoxes, sections } = read(text)
        for (const { start, end } of checkBoxes) expect(start < end && end <= text.length).toBe(true)
        for (const { headingStart, headingEnd } of sections)
          expect(headingStart <= headingEnd && headingEnd <= text.length).toBe(true)
      }),
    )
  })

  it('depends on nothing that was read before', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, text) => {
        const first = copyOf(read(text))
        read(before)
        expect(copyOf(read(text))).toEqual(first)
      }),
    )
  })

  it('reads the units of Latin-1 in one way, whether or not the note holds others', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 255 }).map(unit => String.fromCharCode(unit)) }),
        text => {
          const plain = read(text).tokens
          const spans = Array.from({ length: plain.count }, (_, i) => [
            plain.start[i],
            plain.end[i],
            plain.id[i],
            plain.gap[i],
          ])
          const wide = read(`${text}\u200b`).tokens
          expect(
            Array.from({ length: wide.count }, (_, i) => [
              wide.start[i],
              wide.end[i],
              wide.id[i],
              wide.gap[i],
            ]),
          ).toEqual(spans)
        },
      ),
    )
  })
})

describe('a hostile note takes time in proportion to its length', () => {
  it.each([
    ['a line of a million words', 'gout '.repeat(MILLION), MILLION],
    ['a word of a million letters', 'a'.repeat(MILLION), 1],
    ['a million signs', '+ '.repeat(MILLION), MILLION],
    ['a run of a million signs', '+'.repeat(MILLION), 1],
    ['a million periods', 'a.'.repeat(MILLION), MILLION],
    ['a million newlines', '\n'.repeat(MILLION), 0],
    ['a million accents on one letter', `e${'\u0301'.repeat(MILLION)}`, 1],
    ['a million list numbers', '1. a\n'.repeat(MILLION / 5), (MILLION / 5) * 2],
    ['a million open boxes', '[ ] '.repeat(MILLION), 0],
    ['a million headings', 'PMH: '.repeat(MILLION), MILLION],
    ['a million lone surrogates', '\ud800'.repeat(MILLION), 0],
    ['a million possessives', "'s".repeat(MILLION), 1],
  ])('%s', (_, text, tokens) => {
    const started = performance.now()
    expect(read(text).tokens.count).toBe(tokens)
    // About 0.2 s on a quiet machine; a quadratic step would take minutes.
    expect(performance.now() - started).toBeLessThan(8000)
  })
})
