/** Code patterns and templates of the rule tables. */
import { describe, expect, it } from 'vitest'
import { fillTemplate, matchesAny } from '../../../src/candidates/rules/patterns.js'

describe('a pattern', () => {
  it.each([
    ['I50', 'I50.22', true],
    ['I50', 'I51.9', false],
    ['N18.5', 'N18.6', false],
    ['E08-E13', 'E11.9', true],
    ['E08-E13', 'E14.9', false],
    ['I51.4-I51.7', 'I51.5', true],
    ['I51.4-I51.7', 'I51.89', false],
    ['T36-T50~5', 'T36.0X5A', true],
    ['T36-T50~5', 'T36.0X1A', false],
  ])('%s and %s: %s', (pattern, code, expected) => expect(matchesAny([pattern], code)).toBe(expected))
})

describe('a template', () => {
  it.each([
    ['{c}.22', 'E11.9', 'E11.22'],
    ['{c}.0-{c}.8', 'E10.9', 'E10.0-E10.8'],
    ['M80.03{6}{7}', 'S52.502A', 'M80.032A'],
    ['N30.{4}1', 'N30.00', 'N30.01'],
  ])('%s of %s is %s', (template, code, expected) => expect(fillTemplate(template, code)).toBe(expected))

  it('takes characters of the partner', () =>
    expect(fillTemplate('L89.{4}{5}{p5}', 'L89.159', 'L89.93')).toBe('L89.153'))
})
