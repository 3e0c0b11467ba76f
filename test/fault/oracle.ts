/**
 * The judge of every reliability programme. While it runs: accepted = done + quarantined + open at every
 * sample, and neither what is accepted nor what is done ever becomes less. At its end: each accepted note
 * has one result, and it is the result of a run without faults, byte for byte.
 */
import { createHash } from 'node:crypto'
import type { WorkCounts } from '../../src/store/store.js'
import type { Figure } from './programme.js'

/** RELIABILITY: often enough to see what a fault of half a second does. */
const SAMPLE_MS = 250

export interface ConservationRecord {
  readonly samples: number
  /** Times that nobody answered: a database that is down breaks no law. */
  readonly unanswered: number
  readonly violations: number
  /** The first violation in words. */
  readonly first: string | null
  readonly last: WorkCounts | null
}

export interface ConservationSampler {
  /** Takes a last sample. */
  readonly stop: () => Promise<ConservationRecord>
}

/** `counts` may reject; it must answer or reject in the end. Samples do not overlap. */
export function sampleConservation(
  counts: () => Promise<WorkCounts>,
  everyMs: number = SAMPLE_MS,
): ConservationSampler {
  let record: ConservationRecord = { samples: 0, unanswered: 0, violations: 0, first: null, last: null }
  let isOver = false
  let endPause = (): void => {}
  const sample = async (): Promise<void> => {
    const answer = await counts().catch(() => null)
    record = answer === null ? { ...record, unanswered: record.unanswered + 1 } : judge(record, answer)
  }
  const sampling = (async () => {
    while (!isOver) {
      await sample()
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, isOver ? 0 : everyMs)
        endPause = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    stop: async () => {
      isOver = true
      endPause()
      await sampling
      await sample()
      return record
    },
  }
}

function judge(record: ConservationRecord, now: WorkCounts): ConservationRecord {
  const broken = brokenLaw(record.last, now)
  return {
    ...record,
    samples: record.samples + 1,
    violations: record.violations + (broken === null ? 0 : 1),
    first: record.first ?? broken,
    last: now,
  }
}

/** Null where the laws hold between these two samples. */
export function brokenLaw(before: WorkCounts | null, now: WorkCounts): string | null {
  const { accepted, done, quarantined, open } = now
  if (accepted !== done + quarantined + open)
    return `accepted ${accepted} is not done ${done} + quarantined ${quarantined} + open ${open}`
  if (before !== null && accepted < before.accepted)
    return `accepted fell from ${before.accepted} to ${accepted}`
  if (before !== null && done < before.done) return `done fell from ${before.done} to ${done}`
  return null
}

export interface ResultSeen {
  readonly id: string
  readonly sha256: string
}

export interface Comparison {
  /** Accepted, and neither a result nor quarantined. */
  readonly lost: readonly string[]
  /** More than one result, or a result and quarantined too. */
  readonly duplicated: readonly string[]
  /** Another result than without faults. */
  readonly corrupted: readonly string[]
  /** A result of what nobody sent. */
  readonly unexpected: readonly string[]
  /** Quarantined, and nothing is wrong with it. */
  readonly wronglyQuarantined: readonly string[]
}

export interface ComparisonRequest {
  /** Id → SHA-256 of its result in the run without faults; null for a note that belongs into quarantine. */
  readonly expected: ReadonlyMap<string, string | null>
  readonly results: Iterable<ResultSeen>
  readonly quarantined?: Iterable<string>
}

export function compareResults({ expected, results, quarantined = [] }: ComparisonRequest): Comparison {
  const seen = new Map<string, number>()
  const corrupted = new Set<string>()
  for (const { id, sha256 } of results) {
    seen.set(id, (seen.get(id) ?? 0) + 1)
    if (expected.has(id) && expected.get(id) !== sha256) corrupted.add(id)
  }
  const set = [...quarantined]
  for (const id of set) seen.set(id, (seen.get(id) ?? 0) + 1)
  return {
    lost: [...expected.keys()].filter(id => !seen.has(id)),
    duplicated: [...seen].filter(([, times]) => times > 1).map(([id]) => id),
    corrupted: [...corrupted],
    unexpected: [...seen.keys()].filter(id => !expected.has(id)),
    wronglyQuarantined: [...new Set(set)].filter(id => typeof expected.get(id) === 'string'),
  }
}

/** The comparison as lines of a programme's report; `unexpected` counts as duplicated would: work nobody ordered. */
export function comparisonFigures(comparison: Comparison): Figure[] {
  const { lost, duplicated, corrupted, unexpected, wronglyQuarantined } = comparison
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['lost', lost],
    ['duplicated', duplicated],
    ['corrupted', corrupted],
    ['unexpected', unexpected],
    ['innocents in quarantine', wronglyQuarantined],
  ]
  return rows.map(([name, ids]) => noneExpected(name, ids.length))
}

export function conservationFigures({ samples, violations }: ConservationRecord): Figure[] {
  return [
    noneExpected('violations of conservation', violations),
    { name: 'samples', value: String(samples), goal: '≥ 1', holds: samples > 0 },
  ]
}

function noneExpected(name: string, count: number): Figure {
  return { name, value: String(count), goal: '0', holds: count === 0 }
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
