/** A note longer than a block is read as if there were no blocks. */
import { describe, expect, it } from 'vitest'
import { blockEnd } from '../../src/text/scan.js'
import { createContextKit } from '../support/context-kit.js'

const kit = createContextKit()

function tokensOf(text: string): string[] {
  const { tokens } = kit.read(text)
  return Array.from({ length: tokens.count }, (_, i) => text.slice(tokens.start[i], tokens.end[i]))
}

const FILLER = 'denies fever, s/p fall. '
const before = (length: number): string => FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length)

describe('a long note', () => {
  it.each([32_760, 32_767, 32_768, 32_769, 65_530])('keeps a word whole that stands at %i characters', at => {
    const text = `${before(at - 1)} pneumonoultramicroscopic, resolved`
    expect(tokensOf(text).slice(-2)).toEqual(['pneumonoultramicroscopic', 'resolved'])
    const greek = `${before(at - 1)} pneumonoultramicroscopic \u2013 resolved`
    expect(tokensOf(greek).slice(-2)).toEqual(['pneumonoultramicroscopic', 'resolved'])
  })

  it('has the tokens of its parts', () => {
    const text = before(200_000)
    expect(tokensOf(text)).toEqual(text.match(/[a-z]+|\//g))
  })

  it('ends a block at a separator, or with the text', () => {
    const text = 'x'.repeat(40_000)
    expect(blockEnd(text, 0)).toBe(40_000)
    expect(blockEnd(`${text} y`, 0)).toBe(40_000)
    expect(blockEnd('short', 0)).toBe(5)
  })
})
