/** The short form of `scripts/fuzz-intake.mjs`: a few hundred mutated files a format, always the same ones. */
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../cli/run-program.js'
import { FUZZ_FORMATS, fuzzFormat } from '../support/fuzz-intake.js'

describe('500 mutated files', () => {
  it.each(FUZZ_FORMATS)('of %s: no crash, and each read within its deadline', async format => {
    const request = { format, documents: 500, seed: 20261125, directory: temporaryDirectory() }
    const { crashes, slow, notes } = await fuzzFormat(request)
    expect(crashes).toEqual([])
    expect(slow).toEqual([])
    expect(notes).toBeGreaterThan(0)
  })
})
