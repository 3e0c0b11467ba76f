/** Spelling slips: one edit, the first letter and the ending right, one word only that fits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildSlips } from '../../src/text/slips-build.js'
import { SHORTEST, Slips } from '../../src/text/slips.js'

const WORDS =
  'hypertension pneumonia diabetes asthma arthritis photophobia abscess gastrostomy thyroid thymoid colitis'.split(
    ' ',
  )
const ids = new Map(WORDS.map((word, i) => [word, i + 1]))
const slips = new Slips(buildSlips(ids, ['phonophobia', 'gastrotomy']))

function meant(word: string): string {
  const bytes = Uint8Array.from(word, letter => letter.charCodeAt(0))
  return WORDS[slips.find(bytes, 0, bytes.length) - 1] ?? ''
}

describe('a spelling slip', () => {
  it.each([
    ['a wrong letter', 'hypertention', 'hypertension'],
    ['a letter too many', 'asthmma', 'asthma'],
    ['a missing letter', 'abcess', 'abscess'],
    ['two letters exchanged', 'pnuemonia', 'pneumonia'],
    ['two letters exchanged in the middle', 'hypretension', 'hypertension'],
    ['a wrong vowel before the last s', 'diabetis', 'diabetes'],
    ['another wrong vowel there', 'arthritus', 'arthritis'],
    ['not with another first letter', 'kypertension', ''],
    ['not in the ending', 'pneumonic', ''],
    ['not of two edits', 'hipertention', ''],
    ['not of five letters', 'asthm', ''],
    ['not a word of everyday or another of medicine', 'phonophobia', ''],
    ['not where a known word lies one edit away from another', 'gastrotomy', ''],
    ['not where two words fit', 'thyxoid', ''],
    ['not a word with a digit', 'hyperten5ion', ''],
  ])('%s', (_, word, expected) => {
    expect(meant(word)).toBe(expected)
  })

  it('of any word is found wherever the letter is, or nothing is', () => {
    const word = fc.constantFrom(...WORDS.filter(known => known.length > SHORTEST))
    fc.assert(
      fc.property(word, fc.nat(20), fc.constantFrom(...'bcdfgz'), (known, place, letter) => {
        const at = 1 + (place % (known.length - 3))
        const misspelt = known.slice(0, at) + letter + known.slice(at + 1)
        expect(['', known]).toContain(misspelt === known ? known : meant(misspelt))
        if (misspelt !== known && !['thyroid', 'thymoid'].includes(known)) expect(meant(misspelt)).toBe(known)
      }),
    )
  })
})
