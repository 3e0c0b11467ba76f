/** Offsets of a result in the three units, against the slow and obvious count. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { detect } from '../../src/pipeline/detect.js'
import { convertOffsets } from '../../src/pipeline/offsets.js'
import { DEFAULT_OPTIONS, parseSystems } from '../../src/pipeline/options.js'
import type { NoteResult } from '../../src/model/result.js'
import { anyText } from '../support/arbitrary-notes.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

/** A result whose one piece of evidence is the span. */
function resultWith(start: number, end: number): NoteResult {
  return { candidates: [{ evidence: [{ start, end }] }], start: 'not a span' } as unknown as NoteResult
}

const spanOf = (result: NoteResult) => result.candidates[0]?.evidence[0]

describe('offsets', () => {
  it('in code points are counts of code points', () => {
    fc.assert(
      fc.property(anyText, text => {
        for (let at = 0; at <= text.length; at++) {
          if (isInsidePair(text, at)) continue
          expect(spanOf(convertOffsets(resultWith(0, at), text, 'codepoint'))).toEqual({
            start: 0,
            end: [...text.slice(0, at)].length,
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('in bytes are counts of the bytes of UTF-8', () => {
    fc.assert(
      fc.property(anyText, text => {
        for (let at = 0; at <= text.length; at++) {
          if (isInsidePair(text, at)) continue
          expect(spanOf(convertOffsets(resultWith(0, at), text, 'byte'))).toEqual({
            start: 0,
            end: Buffer.byteLength(text.slice(0, at)),
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of everything in a result are converted, and the unit is named', async () => {
    const { engine } = await lexiconEngine()
    const text = '\ud83e\ude7a\u00e9 Assessment: gout. No pneumonia.'
    const detectIn = (offsets: 'utf16' | 'codepoint' | 'byte') =>
      detect(
        { id: 'n', text },
        { engine, substituted: false, wanted: null },
        { ...DEFAULT_OPTIONS, offsets },
        '0.0.0',
      )
    const places = (result: NoteResult) =>
      [...result.candidates.flatMap(each => each.evidence), ...result.notCoded].map(
        ({ text: words, start, end }) => [words, start, end],
      )
    expect(places(detectIn('utf16'))).toEqual([
      ['gout', 16, 20],
      ['pneumonia', 25, 34],
    ])
    expect(places(detectIn('codepoint'))).toEqual([
      ['gout', 15, 19],
      ['pneumonia', 24, 33],
    ])
    expect(places(detectIn('byte'))).toEqual([
      ['gout', 19, 23],
      ['pneumonia', 28, 37],
    ])
    expect(detectIn('byte').offsets).toBe('byte')
    expect(detectIn('byte').notCoded[0]?.cue).toMatchObject({ start: 25, end: 27 })
  })
})

function isInsidePair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff
}

describe('the systems that a run is told', () => {
  it('stand in their fixed order', () => {
    expect(parseSystems('hcpcs, ICD10CM')).toEqual(['icd10cm', 'hcpcs'])
  })

  it.each(['', 'icd9', 'icd10cm,'])('%j are refused', text => {
    expect(() => parseSystems(text)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
