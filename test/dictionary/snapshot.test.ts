/** A snapshot comes back as it was written, or is refused; it is never misread. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeSnapshot, openSnapshot } from '../../src/dictionary/snapshot/decode.js'
import { encodeSnapshot } from '../../src/dictionary/snapshot/encode.js'
import { BODY_AT, FORMAT_VERSION, type SectionArray } from '../../src/dictionary/snapshot/format.js'
import { buildStrings, stringAt } from '../../src/dictionary/snapshot/strings.js'
import { snapshotOf } from '../support/lexicon-engine.js'

const directory = mkdtempSync(join(tmpdir(), 'chartcode-snapshot-'))
afterAll(() => rmSync(directory, { recursive: true }))

const SECTIONS: Record<string, SectionArray> = {
  bytes: Uint8Array.of(1, 2, 3),
  counts: Uint32Array.of(0xffffffff, 7),
  signed: Int32Array.of(-1, 2 ** 31 - 1),
  nothing: new Uint32Array(0),
}
const META = { identity: { release: 'FY2026' }, names: ['\u00e9', '\ud83e\ude7a', '"\n'] }

const arbitrarySection: fc.Arbitrary<SectionArray> = fc.oneof(
  fc.array(fc.nat(255)).map(values => Uint8Array.from(values)),
  fc.array(fc.nat(0xffffffff)).map(values => Uint32Array.from(values)),
  fc.array(fc.integer()).map(values => Int32Array.from(values)),
)

describe('a snapshot', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), arbitrarySection), fc.jsonValue(), (sections, meta) => {
        const snapshot = snapshotOf(encodeSnapshot(meta, sections))
        expect(snapshot.meta).toEqual(JSON.parse(JSON.stringify(meta)))
        for (const [name, array] of Object.entries(sections)) {
          const read = snapshot.section(name)
          expect(read.constructor).toBe(array.constructor)
          expect(Array.from(read)).toEqual(Array.from(array))
        }
      }),
    )
  })

  it('has the same bytes whatever the order of its sections', () => {
    const turned = Object.fromEntries(Object.entries(SECTIONS).reverse())
    expect(encodeSnapshot(META, turned).equals(encodeSnapshot(META, SECTIONS))).toBe(true)
  })

  it('carries the SHA-256 of its content as its identity', () => {
    const one = snapshotOf(encodeSnapshot(META, SECTIONS)).hash
    const other = snapshotOf(encodeSnapshot({ ...META, more: 1 }, SECTIONS)).hash
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(other).not.toBe(one)
  })

  it('is refused when any one byte behind the header has changed', () => {
    const bytes = encodeSnapshot(META, SECTIONS)
    fc.assert(
      fc.property(
        fc.integer({ min: BODY_AT, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const damaged = Buffer.from(bytes)
          damaged[at] = (damaged[at] as number) ^ change
          expect(() => snapshotOf(damaged)).toThrow(/SHA-256/)
        },
      ),
    )
  })

  it('is refused when a byte of its hash has changed', () => {
    const damaged = Buffer.from(encodeSnapshot(META, SECTIONS))
    damaged[20] = (damaged[20] as number) ^ 1
    expect(() => snapshotOf(damaged)).toThrow(/SHA-256/)
  })

  it('is refused when it was cut off anywhere', () => {
    const bytes = encodeSnapshot(META, SECTIONS)
    for (let length = 0; length < bytes.length; length++)
      expect(() => snapshotOf(bytes.subarray(0, length))).toThrow(/build it again/)
  })

  it.each([
    [
      'another version',
      (bytes: Buffer) => bytes.writeUInt32LE(FORMAT_VERSION + 1, 8),
      `format version ${FORMAT_VERSION + 1}`,
    ],
    [
      'the version before',
      (bytes: Buffer) => bytes.writeUInt32LE(FORMAT_VERSION - 1, 8),
      `format version ${FORMAT_VERSION - 1}`,
    ],
    [
      'another kind of file',
      (bytes: Buffer) => bytes.write('PK\u0003\u0004', 0, 'latin1'),
      'no compiled dictionary',
    ],
  ])('is refused when it is of %s', (_, change, message) => {
    const bytes = Buffer.from(encodeSnapshot(META, SECTIONS))
    change(bytes)
    expect(() => snapshotOf(bytes, 'FY2026.snapshot')).toThrow(message)
  })

  it('is refused with the code snapshot-unreadable and the name of its file', () => {
    const file = join(directory, 'damaged.snapshot')
    writeFileSync(file, Buffer.alloc(100))
    expect(() => openSnapshot(file)).toThrow(
      expect.objectContaining({
        code: 'snapshot-unreadable',
        message: expect.stringContaining(file) as string,
      }),
    )
  })

  it('that does not exist is refused in the same way', () => {
    expect(() => openSnapshot(join(directory, 'missing'))).toThrow(
      expect.objectContaining({ code: 'snapshot-unreadable' }),
    )
  })

  it('is read from its file into memory that threads can share', () => {
    const file = join(directory, 'whole.snapshot')
    writeFileSync(file, encodeSnapshot(META, SECTIONS))
    const { memory, section, meta } = openSnapshot(file)
    expect(memory).toBeInstanceOf(SharedArrayBuffer)
    expect(Array.from(section('counts'))).toEqual([0xffffffff, 7])
    expect(meta).toEqual(META)
    const inOtherThread = decodeSnapshot(memory, { verify: false, name: 'shared' })
    expect(Array.from(inOtherThread.section('signed'))).toEqual([-1, 2 ** 31 - 1])
  })

  it('says which section is missing', () => {
    const snapshot = snapshotOf(encodeSnapshot(META, SECTIONS))
    expect(() => snapshot.section('sets.rest')).toThrow(/sets\.rest is missing/)
  })
})

describe('a table of strings', () => {
  it('gives every string back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), strings => {
        const table = buildStrings(strings)
        expect(strings.map((_, i) => stringAt(table, i))).toEqual(strings)
      }),
    )
  })
})
