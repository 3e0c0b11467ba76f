/** A part comes back as it was written, or is refused: no damaged byte becomes a result. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chunk } from '../../../src/app/coding/chunk.js'
import type { ChunkOutcome } from '../../../src/app/coding/outcome.js'
import { partsDirectory, readPart, writePart } from '../../../src/app/work/part-file.js'

const outcome: ChunkOutcome = {
  results: Buffer.from('{"id":"a"}\n{"id":"b \u{1fa7a}"}\n'),
  errors: Buffer.from('{"line":3}\n'),
  notes: Uint32Array.from([0, 11, 1, 0, 7, 7, 7, 0xffffffff, 2, 11, 3, 2, 0, 0, 0, 0]),
  failures: { 'input-note': 1 },
  used: [{ release: 'FY2026', system: 'icd10cm', origin: 'publisher', hash: 'x' } as never],
  quarantined: [],
}
const unit = (source: string, line: number): Chunk['units'][number] => ({
  source,
  line,
  kind: 'json',
  start: 0,
  end: 0,
})
const chunk: Chunk = {
  sequence: 12,
  bytes: new Uint8Array(0),
  units: [unit('a.ndjson', 1), unit('b "ü".ndjson', 1), unit('a.ndjson', 2)],
}
const newOut = (): string => mkdtempSync(path.join(tmpdir(), 'chartcode-part-'))

describe('a part', () => {
  it('comes back as it was written, with the source of each note', () => {
    const out = newOut()
    const part = readPart(out, writePart(out, { chunk, outcome, attempt: 3 }))
    expect(Buffer.from(part.outcome.results)).toEqual(outcome.results)
    expect(Buffer.from(part.outcome.errors)).toEqual(outcome.errors)
    expect(part.outcome.notes).toEqual(outcome.notes)
    expect(part.outcome).toMatchObject({ failures: outcome.failures, used: outcome.used })
    expect(part.sources).toEqual(['a.ndjson', 'b "ü".ndjson', 'a.ndjson'])
  })

  it('stands beside that of another attempt, and leaves nothing unfinished', () => {
    const out = newOut()
    const first = writePart(out, { chunk, outcome, attempt: 1 })
    const second = writePart(out, { chunk, outcome: { ...outcome, errors: new Uint8Array(0) }, attempt: 2 })
    expect(readdirSync(partsDirectory(out)).sort()).toEqual([first.file, second.file])
    expect(readPart(out, first).outcome.errors).toHaveLength(outcome.errors.length)
    expect(readPart(out, second).outcome.errors).toHaveLength(0)
  })

  it('is refused with any byte changed', () => {
    const out = newOut()
    const record = writePart(out, { chunk, outcome, attempt: 1 })
    const file = path.join(partsDirectory(out), record.file)
    const whole = readFileSync(file)
    const anywhere = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(anywhere, ([at, flip]) => {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] as number) ^ flip
        writeFileSync(file, changed)
        expect(() => readPart(out, record)).toThrow(expect.objectContaining({ code: 'output-damaged' }))
      }),
      { numRuns: 200 },
    )
    writeFileSync(file, whole)
    expect(readPart(out, record).sources).toHaveLength(3)
  })

  it('is refused when it is cut, longer, another one, or gone', () => {
    const out = newOut()
    const record = writePart(out, { chunk, outcome, attempt: 1 })
    const file = path.join(partsDirectory(out), record.file)
    const whole = readFileSync(file)
    const refused = (): void =>
      expect(() => readPart(out, record)).toThrow(expect.objectContaining({ code: 'output-damaged' }))
    truncateSync(file, whole.length - 1)
    refused()
    writeFileSync(file, Buffer.concat([whole, Buffer.from('\n')]))
    refused()
    const other = writePart(out, { chunk, outcome: { ...outcome, failures: {} }, attempt: 2 })
    writeFileSync(file, readFileSync(path.join(partsDirectory(out), other.file)))
    refused()
    rmSync(file)
    refused()
  })
})
