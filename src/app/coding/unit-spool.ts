/**
 * What came of the units of chunks that are not written out yet, for a run that is killed: only the units in work
 * are coded again. A file a chunk, to which its thread appends records of one unit or, where units take less than
 * a millisecond, of those few that came in one: a write each would cost more than coding them again.
 *
 *   {"check":…,"units":[{"unit":7,"results":2310,"errors":0,"notes":[…],"failed":[…],…},…]} ⏎ results errors …
 *
 * Nothing is forced to the disk: a kill loses nothing, and what a power cut loses or garbles is coded again. The
 * results in it quote the note, as those of the run do: for the owner only.
 */
import { closeSync, openSync, readdirSync, readFileSync, writevSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import type { DictionaryUsed } from '../../model/result.js'
import { addFailures, type ChunkOutcome, type QuarantinedUnit } from './outcome.js'

/** Of one unit: what a thread has in hand. */
export interface UnitOutcome {
  /** 0-based place in the chunk. */
  readonly unit: number
  readonly results: Uint8Array
  readonly errors: Uint8Array
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

interface UnitHeader extends Omit<UnitOutcome, 'results' | 'errors'> {
  readonly results: number
  readonly errors: number
}

interface Header {
  /** CRC-32 of what follows the header. */
  readonly check: number
  readonly units: readonly UnitHeader[]
}

const WRITE_EVERY_MS = 1

const OWNER_ONLY = 0o600
const NEWLINE = 0x0a

export function spoolFile(directory: string, sequence: number): string {
  return path.join(directory, `${sequence}.units`)
}

/** Where it cannot be written (a full disk), the rest is left out: that is no fault of the note in work. */
export function openUnitSpool(directory: string, sequence: number): UnitSpool {
  let descriptor = attempt(() => openSync(spoolFile(directory, sequence), 'a', OWNER_ONLY))
  let waiting: UnitOutcome[] = []
  let written = performance.now()
  const write = (): void => {
    const open = descriptor
    if (open === null || waiting.length === 0) return
    descriptor = attempt(() => writeRecord(open, waiting))
    waiting = []
    written = performance.now()
  }
  return {
    add: outcome => {
      waiting.push(outcome)
      if (performance.now() - written >= WRITE_EVERY_MS) write()
    },
    // A chunk that is done may wait long for those before it.
    close: () => {
      write()
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

/** In one call, without copying. The descriptor, or null after a write that was cut. */
function writeRecord(descriptor: number, outcomes: readonly UnitOutcome[]): number | null {
  // The CRC of no bytes is zero, whatever came before.
  const body = outcomes.flatMap(({ results, errors }) => [results, errors]).filter(bytes => bytes.length > 0)
  const header: Header = {
    check: body.reduce((check, bytes) => crc32(bytes, check), 0),
    units: outcomes.map(({ unit, results, errors, notes, failed, used, quarantined }) => {
      return { unit, results: results.length, errors: errors.length, notes, failed, used, quarantined }
    }),
  }
  const parts = [Buffer.from(`${JSON.stringify(header)}\n`, 'utf8'), ...body]
  const whole = parts.reduce((sum, { length }) => sum + length, 0)
  if (writevSync(descriptor, parts) === whole) return descriptor
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
    const { check, units } = header
    const end = units.reduce((sum, { results, errors }) => sum + results + errors, start)
    if (end > bytes.length || crc32(bytes.subarray(start, end)) !== check) break
    at = start
    for (const unit of units) {
      const [middle, next] = [at + unit.results, at + unit.results + unit.errors]
      outcomes.set(unit.unit, outcomeOf(unit, bytes.subarray(at, middle), bytes.subarray(middle, next)))
      at = next
    }
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

function outcomeOf(header: UnitHeader, results: Uint8Array, errors: Uint8Array): ChunkOutcome {
  const { notes, failed, used, quarantined } = header
  const failures = failed.reduce<Record<string, number>>((sum, code) => addFailures(sum, { [code]: 1 }), {})
  return { results, errors, notes: Uint32Array.from(notes), failures, used, quarantined }
}
