/**
 * Runs a table of cases: a sentence of the domain, a text with the mention in double brackets, and the
 * attributes that differ from those of an unmarked mention. All four attributes are compared in every row.
 */
import { describe, expect, it } from 'vitest'
import { assertSpan } from '../../src/context/assert-span.js'
import type { Assertion } from '../../src/model/assertion.js'
import { createContextKit } from './context-kit.js'

export type Attributes = Partial<Omit<Assertion, 'cues'>>
export type AssertionCase = readonly [name: string, marked: string, expected: Attributes]

export const ABSENT: Attributes = { presence: 'absent' }
export const PRESENT: Attributes = {}
export const PROBABLE: Attributes = { certainty: 'probable' }
export const POSSIBLE: Attributes = { certainty: 'possible' }
export const HISTORICAL: Attributes = { temporality: 'historical' }
export const HYPOTHETICAL: Attributes = { certainty: 'hypothetical', temporality: 'hypothetical' }
export const NEVER: Attributes = { presence: 'absent', temporality: 'historical' }
export const UNLIKELY: Attributes = { presence: 'absent', certainty: 'probable' }
export const of = (relative: string, more: Attributes = {}): Attributes => ({
  experiencer: 'family',
  relative,
  ...more,
})

const kit = createContextKit()

/** The assertion of the mention between `[[` and `]]`. */
export function assertMarked(marked: string): Assertion {
  const start = marked.indexOf('[[')
  const end = marked.indexOf(']]') - 2
  const document = kit.read(marked.replace('[[', '').replace(']]', ''))
  return assertSpan(document, kit.findScopes(document), { start, end })
}

export function describeCases(title: string, cases: readonly AssertionCase[]): void {
  describe(title, () => {
    it.each(cases)('%s', (_name, marked, expected) => {
      const { cues: _cues, ...attributes } = assertMarked(marked)
      expect(attributes).toEqual({
        presence: 'present',
        certainty: 'confirmed',
        temporality: 'current',
        experiencer: 'patient',
        ...expected,
      })
    })
  })
}
