/**
 * What a run has shown, channel by channel: bytes come in and are looked through at once, hits stay. A channel
 * that nothing came through was not looked at, which is no proof: their bytes are counted.
 */
import { createScanner, type Scanner } from './scan-bytes.js'
import { scanAnswer, type HttpAnswer } from './scan-answer.js'
import { scanFiles, scanPlace, type PlacedHit } from './scan-files.js'
import { scanProcess } from './scan-process.js'
import { CANARIES } from './strings.js'

export const CHANNELS = [
  'stdout without results',
  'answers about own notes',
  'stderr',
  'logs',
  'metrics',
  'health',
  'Redis',
  'commands to Redis',
  'files of Redis',
  'log of PostgreSQL',
  'checkpoints',
  'error records',
  'quarantine entries',
  'temporary files',
  'process table',
  'columns of the store',
] as const

export type Channel = (typeof CHANNELS)[number]

/** Here the caller's own id is part of the answer (DESIGN.md: `{line, id?, error}`); all else is not. */
const SHOWS_IDS: ReadonlySet<Channel> = new Set([
  'answers about own notes',
  'error records',
  'quarantine entries',
])

export interface FoundHit extends PlacedHit {
  readonly channel: Channel
  /** In which scenario. */
  readonly during: string
}

export interface Evidence {
  readonly begin: (scenario: string) => void
  readonly bytes: (channel: Channel, place: string, bytes: Uint8Array) => void
  readonly files: (channel: Channel, paths: readonly string[], size: number) => void
  readonly answer: (channel: Channel, answer: HttpAnswer) => void
  readonly processes: (pids: readonly number[]) => void
  /** Of scanners that ask for themselves; `size`: of what they looked at, in any unit. */
  readonly found: (channel: Channel, hits: readonly PlacedHit[], size: number) => void
  readonly hits: () => readonly FoundHit[]
  readonly unseen: () => readonly Channel[]
  readonly scanner: Scanner
}

export function createEvidence(): Evidence {
  const scanner = createScanner()
  const withoutIds = createScanner(CANARIES.filter(({ id }) => id !== 'h-record-1'))
  const seen = new Map<Channel, number>()
  const all: FoundHit[] = []
  let during = ''
  const found = (channel: Channel, hits: readonly PlacedHit[], size: number): void => {
    seen.set(channel, (seen.get(channel) ?? 0) + size)
    all.push(...hits.map(hit => ({ ...hit, channel, during })))
  }
  const scannerOf = (channel: Channel): Scanner => (SHOWS_IDS.has(channel) ? withoutIds : scanner)
  return {
    scanner,
    begin: scenario => void (during = scenario),
    found,
    bytes: (channel, place, bytes) => {
      found(channel, scanPlace(scannerOf(channel), place, bytes), bytes.length)
    },
    files: (channel, paths, size) => {
      found(channel, scanFiles(scannerOf(channel), paths), size)
    },
    answer: (channel, answer) => {
      found(channel, scanAnswer(scannerOf(channel), answer), answer.body.length)
    },
    processes: pids => {
      for (const pid of pids) found('process table', scanProcess(scanner, pid), 1)
    },
    hits: () => all,
    unseen: () => CHANNELS.filter(channel => (seen.get(channel) ?? 0) === 0),
  }
}
