import { describe, expect, it } from 'vitest'
import type { Tokens } from '../../src/model/document.js'
import { createWordStamps } from '../../src/text/words-of-note.js'

function tokensOf(ids: readonly number[], count = ids.length): Tokens {
  const column = Int32Array.from(ids)
  return { count, start: column, end: column, id: column, gap: new Uint16Array(ids.length) }
}

describe('a note holds a word', () => {
  it('that is among its tokens, and no other', () => {
    const holdsWord = createWordStamps()(tokensOf([7, 9]))
    expect([7, 8, 9].map(holdsWord)).toEqual([true, false, true])
  })

  it('not for an earlier note having held it', () => {
    const stamp = createWordStamps()
    stamp(tokensOf([7]))
    expect(stamp(tokensOf([9]))(7)).toBe(false)
  })

  it('not where the token lies behind the last, left from a longer note', () =>
    expect(createWordStamps()(tokensOf([7, 9], 1))(9)).toBe(false))

  it('of a vocabulary of any size', () => {
    const stamp = createWordStamps()
    const holdsWord = stamp(tokensOf([7, 1_000_000]))
    expect([7, 1_000_000, 1_000_001, 5_000_000].map(holdsWord)).toEqual([true, true, false, false])
  })
})
