/**
 * What came of the units of chunks that are not written out yet, unit by unit, for a run that is killed: only the
 * units in work are coded again. A file a chunk, to which its thread appends a record a unit in one write:
 *
 *   {"unit":7,"results":2310,"errors":0,"check":…,"notes":[…],"failed":[…],"used":[…],"quarantined":[…]} ⏎ results errors
 *
 * Nothing is forced to the disk: a kill loses nothing, and what a power cut loses or garbles is coded again. The
 * results in it quote the note, as those of the run do: for the owner only.
 */
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import type { DictionaryUsed } from '../../model/result.js'
import { addFailures, type ChunkOutcome, type QuarantinedUnit } from './outcome.js'

/** Of one unit, as texts: what a thread has in hand. */
export interface UnitOutcome {
  /** 0-based place in the chunk. */
  readonly unit: number
  readonly results: string
  readonly errors: string
  readonly notes: readonly number[]
  /** A code each failed note. */
  readonly failed: readonly string[]
  readonly used: readonly DictionaryUsed[]
  readonly quarantined: readonly QuarantinedUnit[]
}

export interface UnitSpool {
  readonly add: (outcome: UnitOutcome) => void
  readonly close: () => void
}

interface Header extends Omit<UnitOutcome, 'results' | 'errors'> {
  readonly results: number
  readonly errors: number
  readonly check: number
}

const OWNER_ONLY = 0o600
const NEWLINE = 0x0a

export function spoolFile(directory: string, sequence: number): string {
  return path.join(directory, `${sequence}.units`)
}

/** Where it cannot be written (a full disk), the rest is left out: that is no fault of the note in work. */
export function openUnitSpool(directory: string, sequence: number): UnitSpool {
  let descriptor = attempt(() => openSync(spoolFile(directory, sequence), 'a', OWNER_ONLY))
  return {
    add: outcome => {
      const open = descriptor
      if (open !== null) descriptor = attempt(() => writeWhole(open, encodeRecord(outcome)))
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor)
    },
  }
}

function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}

function encodeRecord({ results, errors, ...rest }: UnitOutcome): Uint8Array {
  const body = Buffer.from(results + errors, 'utf8')
  const length = Buffer.byteLength(errors)
  const header: Header = { ...rest, results: body.length - length, errors: length, check: crc32(body) }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`, 'utf8'), body])
}

/** The descriptor, or null after a write that was cut. */
function writeWhole(descriptor: number, bytes: Uint8Array): number | null {
  if (writeSync(descriptor, bytes) === bytes.length) return descriptor
  closeSync(descriptor)
  return null
}

/** Chunk → unit → what came of it alone, as if it were a chunk of its own. A record that is not whole ends its file. */
export function readUnitSpools(directory: string): Map<number, Map<number, ChunkOutcome>> {
  const names = readdirSync(directory).filter(name => /^\d+\.units$/.test(name))
  return new Map(
    names.map(name => [Number.parseInt(name, 10), readRecords(readFileSync(path.join(directory, name)))]),
  )
}

function readRecords(bytes: Buffer): Map<number, ChunkOutcome> {
  const outcomes = new Map<number, ChunkOutcome>()
  for (let at = 0; at < bytes.length;) {
    const start = bytes.indexOf(NEWLINE, at) + 1
    const header = start === 0 ? null : parseHeader(bytes.toString('utf8', at, start))
    if (header === null) break
    const middle = start + header.results
    at = middle + header.errors
    if (at > bytes.length || crc32(bytes.subarray(start, at)) !== header.check) break
    outcomes.set(header.unit, outcomeOf(header, bytes.subarray(start, middle), bytes.subarray(middle, at)))
  }
  return outcomes
}

function parseHeader(line: string): Header | null {
  try {
    return JSON.parse(line) as Header
  } catch {
    return null
  }
}

function outcomeOf(header: Header, results: Uint8Array, errors: Uint8Array): ChunkOutcome {
  const { notes, failed, used, quarantined } = header
  const failures = failed.reduce<Record<string, number>>((sum, code) => addFailures(sum, { [code]: 1 }), {})
  return { results, errors, notes: Uint32Array.from(notes), failures, used, quarantined }
}
