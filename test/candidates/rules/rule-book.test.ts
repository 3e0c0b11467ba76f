/** The bits of a rule book against the patterns they stand for, over the tables of the repository. */
import { describe, expect, it } from 'vitest'
import { matchesAny } from '../../../src/candidates/rules/patterns.js'
import { createRuleBook, hasBit, type PatternList } from '../../../src/candidates/rules/rule-book.js'
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

function isMet(list: PatternList, code: string): boolean {
  return list.kind === 'fixed'
    ? hasBit(book.metBy(code), list.bit)
    : matchesAny(list.filledFor('E11.9'), code)
}

describe('a rule book', () => {
  it('holds the rules in the order of the tables', () =>
    expect(book.rules.map(({ row }) => row.id)).toEqual(rows.map(({ id }) => id)))

  it.each(CODES)('finds the targets that %s is', code => {
    const expected = rows.filter(({ target }) => matchesAny(target, code)).map(({ id }) => id)
    const found = book.rules.filter(({ target }) => hasBit(book.metBy(code), target)).map(({ row }) => row.id)
    expect(found).toEqual(expected)
  })

  it.each(CODES)('finds what else %s meets', code => {
    const fixed = book.rules.filter(({ unless }) => unless.kind === 'fixed')
    expect(fixed.map(({ unless }) => isMet(unless, code))).toEqual(
      fixed.map(({ row }) => matchesAny(row.unless, code)),
    )
  })

  it('takes the characters of a target into the lists that ask for them', () => {
    const rule = book.rules.find(({ row }) => row.id === 'dm-ckd')
    const unless = rule?.unless as PatternList
    expect([isMet(unless, 'E11.22'), isMet(unless, 'E10.22')]).toEqual([true, false])
  })

  it('meets nothing for what is no code of the classification', () =>
    expect(book.metBy('').every(word => word === 0)).toBe(true))
})
