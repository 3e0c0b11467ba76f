/** What came of single units of a chunk: read back as it was, up to the record that a kill or a full disk has cut. */
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  openUnitSpool,
  readUnitSpools,
  spoolFile,
  type UnitOutcome,
} from '../../src/app/coding/unit-spool.js'

const used = [{ system: 'icd10cm', release: 'FY2026', origin: 'lexicon', hash: 'h' }] as const

function outcome(unit: number): UnitOutcome {
  const isCoded = unit % 2 === 0
  return {
    unit,
    results: isCoded ? new Uint8Array(Buffer.from(`{"id":"fièvre 🩺 ${unit}"}\n`)) : new Uint8Array(0),
    errors: isCoded ? new Uint8Array(0) : new Uint8Array(Buffer.from(`{"line":${unit}}\n`)),
    notes: [isCoded ? 0 : 2, 9, unit + 1, unit, 1, 2, 3, 4294967295],
    failed: isCoded ? [] : ['input-line'],
    used,
    quarantined: [],
  }
}

function spooled(count: number): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-units-'))
  const spool = openUnitSpool(directory, 7)
  for (let unit = 0; unit < count; unit++) {
    // Longer than units wait for each other.
    for (const begun = performance.now(); performance.now() - begun < 3;);
    spool.add(outcome(unit))
  }
  spool.close()
  return directory
}

const unitsOf = (directory: string): number[] => [...(readUnitSpools(directory).get(7)?.keys() ?? [])]

describe('the units of a chunk in work', () => {
  it('are read back as they were', () => {
    const units = readUnitSpools(spooled(4)).get(7)
    expect([...(units?.keys() ?? [])]).toEqual([0, 1, 2, 3])
    expect(Buffer.from(units?.get(2)?.results ?? [])).toEqual(Buffer.from(outcome(2).results))
    expect(units?.get(3)).toMatchObject({
      notes: Uint32Array.from(outcome(3).notes),
      failures: { 'input-line': 1 },
      used,
    })
  })

  it('share a record where they are short', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-units-'))
    const spool = openUnitSpool(directory, 7)
    for (let unit = 0; unit < 20_000; unit++) spool.add(outcome(unit))
    spool.close()
    const units = unitsOf(directory)
    expect(units).toEqual(Array.from({ length: 20_000 }, (_, i) => i))
    const records = readFileSync(spoolFile(directory, 7), 'latin1').split('{"check"').length - 1
    expect(records).toBeLessThan(units.length)
  })

  it.each([1, 3, 40, 200])('are read up to the one that was cut by %i bytes', cut => {
    const directory = spooled(4)
    const file = spoolFile(directory, 7)
    const whole = readFileSync(file).length
    truncateSync(file, whole - cut)
    const units = unitsOf(directory)
    expect(units).toEqual([0, 1, 2, 3].slice(0, units.length))
    expect(units.length).toBeLessThan(4)
    expect(units.length).toBeGreaterThan(1)
  })

  it('are read up to the one whose bytes were lost with the power', () => {
    const directory = spooled(4)
    const file = spoolFile(directory, 7)
    const bytes = readFileSync(file)
    bytes.fill(0, bytes.length - 10)
    writeFileSync(file, bytes)
    expect(unitsOf(directory)).toEqual([0, 1, 2])
  })

  it('are left out where they cannot be written', () => {
    const spool = openUnitSpool('/dev/null/no-directory', 1)
    expect(() => {
      spool.add(outcome(0))
      spool.close()
    }).not.toThrow()
  })
})
