/** The word table: what was put in is found, nothing else is, and a hash is never trusted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildVocabulary } from '../../src/text/vocabulary-build.js'
import { hashLong, SHORT_WORD, Vocabulary } from '../../src/text/vocabulary.js'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

function vocabularyOf(words: readonly string[]): Vocabulary {
  return new Vocabulary(buildVocabulary(new Map(words.map((word, i) => [word, i + 1]))))
}

function bytesOf(word: string): Uint8Array {
  return Uint8Array.from(word, letter => letter.charCodeAt(0))
}

/** Number → letters, the last changing fastest. */
function lettersOf(number: number, length: number): string {
  let letters = ''
  for (let rest = number; letters.length < length; rest = Math.floor(rest / 36))
    letters = `${LETTERS[rest % 36]}${letters}`
  return letters
}

/** Two words of 18 letters whose whole keys are the same, found by trying. */
function forgeCollision(): readonly [string, string] {
  const seen = new Map<number, string>()
  // Scattered over all endings of six letters: neighbours hardly ever share a hash.
  for (let number = 1; number < 1_000_000; number++) {
    const word = `gastroentero${lettersOf((number * 1_500_450_271) % 36 ** 6, 6)}`
    const hash = hashLong(bytesOf(word), 0, word.length)
    const other = seen.get(hash)
    if (other !== undefined) return [other, word]
    seen.set(hash, word)
  }
  throw new RangeError('no collision among a million words')
}

const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 40 })

describe('the vocabulary', () => {
  it('finds every word that was built in and no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 200 }),
        fc.array(word, { maxLength: 50 }),
        (words, others) => {
          const vocabulary = vocabularyOf(words)
          words.forEach((known, i) => expect(vocabulary.idOf(known)).toBe(i + 1))
          for (const other of others) if (!words.includes(other)) expect(vocabulary.idOf(other)).toBe(0)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('finds words of every length around the lengths of the key', () => {
    const words = Array.from({ length: 60 }, (_, i) => 'abcdefghij'.repeat(6).slice(0, i + 1))
    const vocabulary = vocabularyOf(words)
    words.forEach((known, i) => expect(vocabulary.idOf(known)).toBe(i + 1))
  })

  it('tells a word from its beginning and from the word with one letter more', () => {
    const vocabulary = vocabularyOf(['pneumonia', 'pneumonoultramicro', 'abcdefghijklmnop'])
    expect(
      ['pneumoni', 'pneumoniaa', 'pneumonoultramicr', 'pneumonoultramicros'].map(w => vocabulary.idOf(w)),
    ).toEqual([0, 0, 0, 0])
    expect(['abcdefghijklmno', 'abcdefghijklmnopq'].map(w => vocabulary.idOf(w))).toEqual([0, 0])
  })

  it('gives several spellings of a word the same id', () => {
    const vocabulary = new Vocabulary(
      buildVocabulary(
        new Map([
          ['edema', 7],
          ['oedema', 7],
          ['edemas', 7],
        ]),
      ),
    )
    expect(['edema', 'oedema', 'edemas'].map(w => vocabulary.idOf(w))).toEqual([7, 7, 7])
  })

  it('is empty when nothing was built in', () => {
    expect(vocabularyOf([]).idOf('gout')).toBe(0)
  })

  it('compares a long word byte by byte where its first letters and its hash are those of another', () => {
    const [known, forged] = forgeCollision()
    const vocabulary = vocabularyOf([known])
    expect(vocabulary.idOf(known)).toBe(1)
    expect(vocabulary.idOf(forged)).toBe(0)
    const both = vocabularyOf([known, forged])
    expect([known, forged].map(w => both.idOf(w))).toEqual([1, 2])
  })

  it('never takes a word of sixteen letters for a long one whose hash it spells', () => {
    for (let number = 0; number < 20_000; number++) {
      const long = `gastroentero${lettersOf(number, 6)}`
      const hash = hashLong(bytesOf(long), 0, long.length)
      const tail = [0, 8, 16, 24].map(shift => (hash >>> shift) & 0xff)
      expect(tail.every(byte => byte < 0x80)).toBe(false)
    }
    expect(SHORT_WORD).toBe(16)
  })

  it('does not take a word of 256 letters more for a word of the table', () => {
    const known = 'abcdefghijklmnopqrstuvwxyz'
    expect(vocabularyOf([known]).idOf(known + 'a'.repeat(256))).toBe(0)
  })

  it('leaves out words that no dictionary has: more than 255 letters', () => {
    const vocabulary = vocabularyOf(['a'.repeat(256), 'b'.repeat(255)])
    expect([vocabulary.idOf('a'.repeat(256)), vocabulary.idOf('b'.repeat(255))]).toEqual([0, 2])
  })
})
