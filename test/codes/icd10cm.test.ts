/** The shape of an ICD-10-CM code. */
import { describe, expect, it } from 'vitest'
import { categoryOf, hasCodeShape, possibleParents, withDot, withoutDot } from '../../src/codes/icd10cm.js'

describe('the shape of a code', () => {
  it.each(['A00', 'E11.9', 'S52.521A', 'S52521A', 'C4A.0', 'Z3A.09', 'QA0.0', 'T36.0X1A', 'e11.9'])(
    '%s has it',
    code => {
      expect(hasCodeShape(code)).toBe(true)
    },
  )

  it.each(['', 'A', 'A0', '111', 'E11.12345', 'E11.1-', 'S52.521AA', '99213', 'E 11', '\u00c911'])(
    '%j has not',
    code => {
      expect(hasCodeShape(code)).toBe(false)
    },
  )
})

describe('the dot', () => {
  it.each([
    ['S52521A', 'S52.521A'],
    ['E119', 'E11.9'],
    ['A00', 'A00'],
    ['E11.9', 'E11.9'],
  ])('of %s stands behind the third character: %s', (code, dotted) => {
    expect(withDot(code)).toBe(dotted)
    expect(withoutDot(dotted)).toBe(code.replace('.', ''))
  })
})

describe('the way up', () => {
  it('goes character by character to the category', () => {
    expect(possibleParents('S52.521A')).toEqual(['S52.521', 'S52.52', 'S52.5', 'S52'])
    expect(possibleParents('A00')).toEqual([])
    expect(categoryOf('S52.521A')).toBe('S52')
  })
})
