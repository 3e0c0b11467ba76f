/**
 * Assertions for stretches of texts. Rows that follow one another mostly share their text: it is read once
 * and kept until another comes.
 */
import { assertSpan } from '../context/assert-span.js'
import type { Assertion } from '../model/assertion.js'
import type { Span } from '../model/span.js'
import type { Engine } from '../pipeline/engine.js'

/** `explain`: cues with their scopes. */
export function createAsserter(
  { read, findScopes }: Pick<Engine, 'read' | 'findScopes'>,
  explain = false,
): (text: string, span: Span) => Assertion {
  let lastText: string | undefined
  let assertIn: (span: Span) => Assertion
  return (text, span) => {
    if (text !== lastText) {
      const document = read(text)
      const scopes = findScopes(document, { explain })
      assertIn = where => assertSpan(document, scopes, where)
      lastText = text
    }
    return assertIn(span)
  }
}
