/**
 * A directory into which exports arrive in simulated time: some whole, some written for hours, a piece whenever
 * the clock is looked at. Knows when each was finished, and so which night took one too early.
 */
import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Random } from '../random.js'

export interface ArrivingFiles {
  /** The world goes on until this instant: files begin, grow and end. */
  readonly advance: (now: number) => void
  /** A night took these paths. */
  readonly take: (paths: readonly string[]) => void
  readonly account: () => {
    readonly finished: number
    readonly takenOnce: number
    readonly takenTwice: number
    readonly takenUnfinished: number
  }
}

interface Arriving {
  readonly file: string
  readonly endsAt: number
  isFinished: boolean
  taken: number
  takenUnfinished: boolean
}

const HOUR_MS = 3_600_000
/** A day's mean between two exports. */
const PAUSE_HOURS = 30
const LONGEST_HOURS = 9
/** A hospital clears its exports some days after they were read. */
const KEPT_MS = 4 * 24 * HOUR_MS

export function createArrivingFiles(directory: string, start: number, random: Random): ArrivingFiles {
  const files = new Map<string, Arriving>()
  const growing = new Set<Arriving>()
  const cleared: { readonly file: string; readonly at: number }[] = []
  let [next, clock] = [start, start]
  const touch = (file: string, now: number): void => {
    utimesSync(file, now / 1000, now / 1000)
  }
  const begin = (now: number): void => {
    const file = path.join(directory, `export-${String(files.size).padStart(4, '0')}.ndjson`)
    const lasts = random.chance(0.4) ? random.below(LONGEST_HOURS * HOUR_MS) : 0
    writeFileSync(file, '{}\n')
    touch(file, now)
    const arriving = { file, endsAt: now + lasts, isFinished: false, taken: 0, takenUnfinished: false }
    files.set(file, arriving)
    growing.add(arriving)
  }
  return {
    advance: now => {
      clock = now
      for (; cleared[0] !== undefined && cleared[0].at <= now; cleared.shift())
        rmSync(cleared[0].file, { force: true })
      while (next <= now) {
        begin(now)
        next += random.between(1, 2 * PAUSE_HOURS) * HOUR_MS
      }
      for (const arriving of growing) {
        if (now > arriving.endsAt) {
          arriving.isFinished = true
          growing.delete(arriving)
          continue
        }
        appendFileSync(arriving.file, '{}\n')
        touch(arriving.file, now)
      }
    },
    take: paths => {
      for (const file of paths) {
        const arriving = files.get(file)
        if (arriving === undefined) continue
        arriving.taken += 1
        arriving.takenUnfinished ||= !arriving.isFinished
        cleared.push({ file, at: clock + KEPT_MS })
      }
    },
    account: () => {
      const all = [...files.values()]
      return {
        finished: all.filter(({ isFinished }) => isFinished).length,
        takenOnce: all.filter(({ taken }) => taken === 1).length,
        takenTwice: all.filter(({ taken }) => taken > 1).length,
        takenUnfinished: all.filter(({ takenUnfinished }) => takenUnfinished).length,
      }
    },
  }
}
