/** Outcomes in their turn: what is written, what is left out, and that everything is counted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeOutcome, seenEntries, type Merged } from '../../src/app/batch/merge-outcome.js'
import { SeenNotes } from '../../src/app/batch/seen-notes.js'
import { WHAT, type ChunkOutcome } from '../../src/app/coding/outcome.js'

interface NoteOfTest {
  readonly key: number
  readonly what: keyof typeof WHAT
}

function outcomeOf(notes: readonly NoteOfTest[]): ChunkOutcome {
  const lines = notes.map(({ key, what }) => `${what} ${key}\n`)
  const text = (isFailed: boolean) =>
    Buffer.from(lines.filter((_, i) => (notes[i]?.what === 'failed') === isFailed).join(''))
  const account = notes.flatMap(({ key, what }, unit) => [
    WHAT[what],
    (lines[unit] as string).length,
    unit + 1,
    unit,
    ...(what === 'failed' ? [0, 0, 0, 0] : [key * 7919, key, 0, key + 1]),
  ])
  return {
    results: text(false),
    errors: text(true),
    notes: Uint32Array.from(account),
    failures: {},
    used: [],
    quarantined: [],
  }
}

const merge = (notes: readonly NoteOfTest[], seen: SeenNotes, source = 0): Merged =>
  mergeOutcome({
    outcome: outcomeOf(notes),
    seen,
    sourceOf: () => source,
    pathOf: number => `${number}.ndjson`,
  })

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

describe('a note that came before', () => {
  it('is a duplicate, and a line says where it came first', () => {
    const seen = new SeenNotes()
    merge(
      [
        { key: 1, what: 'coded' },
        { key: 2, what: 'coded' },
      ],
      seen,
    )
    const again = merge(
      [
        { key: 3, what: 'coded' },
        { key: 2, what: 'coded' },
        { key: 4, what: 'nothingCodeable' },
      ],
      seen,
      1,
    )
    expect(textOf(again.results)).toBe('coded 3\nnothingCodeable 4\n')
    expect(JSON.parse(textOf(again.duplicates))).toEqual({
      source: '1.ndjson',
      line: 2,
      duplicateOf: { source: '0.ndjson', line: 2 },
    })
    expect(again.counts).toEqual({ read: 3, coded: 1, nothingCodeable: 1, duplicate: 1, failed: 0 })
  })

  it('is one also where the run was interrupted between the two', () => {
    const written = merge([{ key: 1, what: 'coded' }], new SeenNotes())
    const seen = new SeenNotes()
    seen.restore(seenEntries(Buffer.concat([written.seen, Buffer.from('half')])))
    expect(merge([{ key: 1, what: 'coded' }], seen).counts.duplicate).toBe(1)
  })

  it('that failed is none: it was not read', () => {
    const seen = new SeenNotes()
    const { counts } = merge(
      [
        { key: 1, what: 'failed' },
        { key: 1, what: 'failed' },
      ],
      seen,
    )
    expect(counts).toEqual({ read: 2, coded: 0, nothingCodeable: 0, duplicate: 0, failed: 2 })
  })
})

describe('for any notes', () => {
  const note = fc.record({
    key: fc.integer({ min: 0, max: 3000 }),
    what: fc.constantFrom('coded' as const, 'nothingCodeable' as const, 'failed' as const),
  })
  it('each key is written once, in order, and the counts add up', () => {
    fc.assert(
      fc.property(fc.array(fc.array(note, { maxLength: 40 }), { maxLength: 60 }), chunks => {
        const seen = new SeenNotes()
        const merged = chunks.map(chunk => merge(chunk, seen))
        const known = new Set<number>()
        const expected = chunks.flat().flatMap(({ key, what }) => {
          if (what === 'failed' || known.has(key)) return []
          known.add(key)
          return [`${what} ${key}\n`]
        })
        expect(merged.map(({ results }) => textOf(results)).join('')).toBe(expected.join(''))
        for (const { counts } of merged)
          expect(counts.read).toBe(counts.coded + counts.nothingCodeable + counts.duplicate + counts.failed)
      }),
      { numRuns: 100 },
    )
  })
})
