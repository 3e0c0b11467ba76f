/** The bits of a rule book against the patterns they stand for, over the tables of the repository. */
import { describe, expect, it } from 'vitest'
import { fillTemplate, matchesAny } from '../../../src/candidates/rules/patterns.js'
import { createRuleBook, hasBit, meets } from '../../../src/candidates/rules/rule-book.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

const { engine } = await lexiconEngine(2026)
const { rules: rows } = engine.dictionary
const book = createRuleBook(rows, () => 0)

const CODES = [
  'E11.9',
  'I10',
  'I50.22',
  'N18.4',
  'S52.501A',
  'T36.0X5A',
  'Z79.4',
  'R07.9',
  'C79.51',
  'O24.410',
]

describe('a rule book', () => {
  it('holds the rules in the order of the tables', () =>
    expect(book.rules.map(({ row }) => row.id)).toEqual(rows.map(({ id }) => id)))

  it.each(CODES)('finds the targets that %s is', code => {
    const expected = rows.filter(({ target }) => matchesAny(target, code)).map(({ id }) => id)
    const found = book.rules
      .filter(({ place }) => hasBit(book.known(code).targetOf, place))
      .map(({ row }) => row.id)
    expect(found).toEqual(expected)
  })

  it.each(CODES)('finds what else %s meets, asked once or again', code => {
    const known = book.known(code)
    for (const { row, unless } of [...book.rules, ...book.rules])
      expect(meets(known, unless, 'E11.9')).toBe(
        matchesAny(
          row.unless.map(pattern => fillTemplate(pattern, 'E11.9')),
          code,
        ),
      )
  })

  it('takes the characters of a target into the lists that ask for them', () => {
    const unless = book.rules.find(({ row }) => row.id === 'dm-ckd')?.unless
    const found = ['E11.22', 'E10.22'].map(code => unless && meets(book.known(code), unless, 'E11.9'))
    expect(found).toEqual([true, false])
  })

  it('knows no rule for what is no code of the classification', () =>
    expect(book.known('').targetOf.every(word => word === 0)).toBe(true))
})
