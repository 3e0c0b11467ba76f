/**
 * A year of nights in simulated time: two watchers look at the clock, which is sometimes an hour off; machines
 * sleep over the slot, sometimes for days; a process dies in the middle of a night. What was run is counted
 * night by night, beside what an independent calendar says should have been.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { wallClock } from '../../../src/app/nightly/due-slot.js'
import { runDueNight, type NightBatch, type NightsRequest } from '../../../src/app/nightly/watch-nights.js'
import type { BatchSummary } from '../../../src/app/batch/run-batch.js'
import type { Random } from '../random.js'
import { createArrivingFiles } from './arriving-files.js'
import { nightOf, type HospitalYear } from './hospital-year.js'
import { createLeases } from './memory-leases.js'

export interface NightsOutcome {
  readonly looks: number
  /** Nights that a watcher which was awake saw come. */
  readonly due: ReadonlySet<string>
  /** Night → times that it was run to its end. */
  readonly ran: ReadonlyMap<string, number>
  readonly crashed: number
  /** Nights whose second run did not go on with what the first had taken. */
  readonly notResumed: number
  readonly atOnce: number
  readonly files: ReturnType<ReturnType<typeof createArrivingFiles>['account']>
}

export interface NightsTrial {
  readonly year: HospitalYear
  readonly nights: number
  readonly directory: string
  readonly random: Random
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Shorter than any change of a clock; longer than a lease, so the successor of the dead may begin. */
const STEP_MS = HOUR_MS / 2
const START = Date.UTC(2026, 1, 1)

interface Watcher {
  holder: string
  /** Milliseconds by which its clock is wrong, and until when. */
  skew: number
  skewedUntil: number
  asleepUntil: number
}

/** What a process that dies in a night throws, for nothing of it runs any further. */
const DEATH = new Error('the process died')

export async function simulateNights({
  year,
  nights,
  directory,
  random,
}: NightsTrial): Promise<NightsOutcome> {
  const [watch, out] = [path.join(directory, 'watched'), path.join(directory, 'nights')]
  for (const name of [watch, out]) mkdirSync(name, { recursive: true })
  let now = START
  const files = createArrivingFiles(watch, START, random.fork())
  const record = createNightRecord(random.fork(), files.take)
  const store = quickSlots(() => now)
  const watchers: Watcher[] = [0, 1].map(i => ({
    holder: `watcher ${i}`,
    skew: 0,
    skewedUntil: 0,
    asleepUntil: 0,
  }))
  const due = new Set<string>()
  let [looks, lives] = [0, 0]
  const middle = START + (nights / 2) * DAY_MS
  const look = async (watcher: Watcher): Promise<void> => {
    const at = year.at[now < middle ? 0 : 1]
    looks++
    due.add(nightOf(year, now + watcher.skew, at))
    const request: NightsRequest = {
      watch,
      out,
      at,
      clock: wallClockOf(year.timeZone),
      store,
      holder: watcher.holder,
      now: () => new Date(now + watcher.skew),
      wait: async milliseconds => {
        files.advance((now += milliseconds))
      },
      runBatch: record.runBatch,
      log: SILENT,
    }
    await runDueNight(request).catch((error: unknown) => {
      if (error !== DEATH) throw error
      watcher.holder = `another life ${++lives}`
    })
  }
  for (const end = START + nights * DAY_MS; now < end; now += STEP_MS) {
    files.advance(now)
    trouble(watchers, now, random)
    await Promise.all(watchers.filter(({ asleepUntil }) => asleepUntil <= now).map(look))
  }
  return { looks, due, files: files.account(), ...record.account() }
}

/** Clocks that go wrong by an hour for half a day, and machines that sleep. */
function trouble(watchers: readonly Watcher[], now: number, random: Random): void {
  for (const watcher of watchers) {
    if (watcher.skewedUntil <= now) watcher.skew = 0
    if (!random.chance(1 / 500)) continue
    watcher.skew = random.chance(0.5) ? HOUR_MS : -HOUR_MS
    watcher.skewedUntil = now + DAY_MS / 2
  }
  if (!random.chance(1 / 700)) return
  const isLong = random.chance(0.4)
  for (const watcher of watchers)
    watcher.asleepUntil = now + (isLong ? random.between(26, 80) : random.between(3, 12)) * HOUR_MS
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

const clocks = new Map<string, ReturnType<typeof wallClock>>()

/** Making a formatter takes longer than a night. */
function wallClockOf(timeZone: string): ReturnType<typeof wallClock> {
  const clock = clocks.get(timeZone) ?? wallClock(timeZone)
  clocks.set(timeZone, clock)
  return clock
}

/** The leases of the simulated store; the last night is remembered, for it is asked for at every look. */
function quickSlots(now: () => number): NightsRequest['store'] {
  const { takeSlot, endSlot } = createLeases(now)
  let last: string | null = null
  return {
    takeSlot,
    endSlot: async (schedule, slot) => {
      await endSlot(schedule, slot)
      if (last === null || slot > last) last = slot
    },
    lastSlot: async () => last,
  }
}

/** In place of a batch: leaves a `run.json` behind, as one does, and dies now and then before its end. */
function createNightRecord(random: Random, take: (paths: readonly string[]) => void) {
  const ran = new Map<string, number>()
  const begun = new Map<string, readonly string[]>()
  let [crashed, notResumed, running, atOnce] = [0, 0, 0, 0]
  const runBatch = async ({ paths, out, resume }: NightBatch): Promise<BatchSummary> => {
    atOnce = Math.max(atOnce, ++running)
    const slot = path.basename(out)
    const before = begun.get(slot)
    const isSame = before !== undefined && before.join() === paths.join()
    if (resume ? !isSame : before !== undefined) notResumed++
    mkdirSync(out, { recursive: true })
    if (!resume) writeFileSync(path.join(out, 'run.json'), JSON.stringify(recordOf(paths)))
    begun.set(slot, paths)
    await Promise.resolve()
    running--
    if (random.chance(0.05)) {
      crashed++
      throw DEATH
    }
    take(paths)
    ran.set(slot, (ran.get(slot) ?? 0) + 1)
    return { counts: {} } as BatchSummary
  }
  return { runBatch, account: () => ({ ran, crashed, notResumed, atOnce }) }
}

function recordOf(paths: readonly string[]) {
  const inputs = paths.map(file => {
    const { size, mtimeMs } = statSync(file)
    return { path: file, size, modified: new Date(Math.trunc(mtimeMs)).toISOString(), sha256: null }
  })
  return { started: '2026-01-01T00:00:00.000Z', inputs }
}
