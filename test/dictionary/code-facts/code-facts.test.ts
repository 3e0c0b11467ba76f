/** What a release says of single codes beside their titles: successors, and exemption from present on admission. */
import { describe, expect, it } from 'vitest'
import { exemptSections } from '../../../src/dictionary/code-facts/exempt-table.js'
import { openExempt } from '../../../src/dictionary/code-facts/exempt-view.js'
import { retiredSections } from '../../../src/dictionary/code-facts/retired-table.js'
import { openRetired } from '../../../src/dictionary/code-facts/retired-view.js'
import { encodeSnapshot } from '../../../src/dictionary/snapshot/encode.js'
import { snapshotOf } from '../../support/lexicon-engine.js'

const ROWS = [
  { code: 'A20', title: 'Mouse fever', billable: false },
  { code: 'A20.1', title: 'Grey mouse fever', billable: false },
  { code: 'A20.11', title: 'Grey mouse fever with rash', billable: true },
  { code: 'A20.18', title: 'Other grey mouse fever', billable: true },
  { code: 'A20.19', title: 'Grey mouse fever, unspecified', billable: true },
  { code: 'A20.2', title: 'Brown mouse fever', billable: true },
]

function successorsIn(
  conversions: Parameters<typeof retiredSections>[0],
): (code: string) => string | undefined {
  const successorOf = openRetired(snapshotOf(encodeSnapshot({}, retiredSections(conversions, ROWS))))
  return code => ROWS[successorOf(code)]?.code
}

const row = (code: string, ...previous: string[]) => ({ code, effective: '2020-10-01', previous })

describe('a code that is valid no more', () => {
  it('has as successor the one that says no more than it did', () => {
    const of = successorsIn([row('A2011', 'A201'), row('A2018', 'A201'), row('A2019', 'A201')])
    expect(of('A20.1')).toBe('A20.19')
    expect(successorsIn([row('A2018', 'A201'), row('A2011', 'A201')])('A20.1')).toBe('A20.11')
  })

  it('is followed over several years', () => {
    const of = successorsIn([row('A205', 'A204'), row('A202', 'A205')])
    expect([of('A20.4'), of('A20.5')]).toEqual(['A20.2', 'A20.2'])
  })

  it('is none where it is valid, unknown, or where the rows run in a circle', () => {
    const of = successorsIn([row('A2011', 'A202'), row('A204', 'A205'), row('A205', 'A204')])
    expect([of('A20.2'), of('A20.4'), of('Q99'), of('')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('an exempt code', () => {
  const open = (codes: readonly string[]) =>
    openExempt(
      snapshotOf(
        encodeSnapshot(
          {},
          exemptSections(
            codes.map(code => ({ code })),
            ROWS,
          ),
        ),
      ),
    )

  it.each([[['A2011']], [['A2011', 'A2018']], [['A2011', 'A2019', 'A202']], [['A202']]])('%j', codes => {
    const isExempt = open(codes)
    for (const [entry, { code, billable }] of ROWS.entries())
      if (billable) expect(isExempt?.(entry)).toBe(codes.includes(code.replace('.', '')))
  })

  it('cannot be told without a list', () => expect(open([])).toBeUndefined())
})
