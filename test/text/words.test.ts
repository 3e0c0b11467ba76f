/** A phrase of the dictionary is cut as a note is, so that what is written in both is found. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/text/words.js'
import { clinicalText } from '../support/arbitrary-notes.js'
import { inventWords } from '../support/invented-words.js'

describe('the words of a phrase', () => {
  it.each([
    ['are small and without accents', 'M\u00e9ni\u00e8re DISEASE', ['meniere', 'disease']],
    ['lose decomposed accents', 'Me\u0301nie\u0300re', ['meniere']],
    ['lose the possessive', "Crohn's disease", ['crohn', 'disease']],
    ['lose the curly possessive', 'Crohn\u2019s disease', ['crohn', 'disease']],
    ['are parted by hyphens', 'non-small-cell', ['non', 'small', 'cell']],
    ['keep signs', 's/p', ['s', '/', 'p']],
    ['are none where there is no word', ' -, \u0301 ', []],
    [
      'are found in a text longer than the working memory',
      'gout '.repeat(20_000),
      Array(20_000).fill('gout'),
    ],
  ])('%s', (_, text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are the words under which the same text is found in a note', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        const distinct = [...new Set(wordsOf(text))]
        const { tokens } = inventWords(text).read(text)
        const found = Array.from(tokens.id.slice(0, tokens.count)).filter(id => id > 0)
        expect(found).toEqual(wordsOf(text).map(word => distinct.indexOf(word) + 1))
      }),
    )
  })
})
