/** The ids that a store makes: they come back on command lines and in URLs. */
import { describe, expect, it } from 'vitest'
import { isId, randomId } from '../../../src/store/sql/stored-text.js'

describe('an id of the store', () => {
  // One in 64 would begin with it.
  const ids = Array.from({ length: 5_000 }, () => randomId())

  it('is no option of a command line', () => {
    expect(ids.filter(id => id.startsWith('-'))).toEqual([])
  })

  it('is another one each time, and one that the store asks for', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => !isId(id) || id.length !== 22)).toEqual([])
  })
})
