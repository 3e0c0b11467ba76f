/**
 * The nightly schedule: at its time, everything new in a directory through one batch, into a directory named
 * after the date. The store knows which nights were run, so that one is run once, by whichever process asks
 * first, also after a crash; a batch that was interrupted is resumed. Files that were read stand in each
 * night's `run.json`, so nothing is read twice.
 */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { findInputs, type InputFile } from '../../intake/find-inputs.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Store } from '../../store/store.js'
import type { BatchSummary } from '../batch/run-batch.js'
import { readRunRecord, type RunRecord } from '../batch/run-record.js'
import type { Log } from '../log.js'
import { dueSlot, newestSlot, type WallClock } from './due-slot.js'
import { chooseFiles, takenFiles } from './watched-files.js'

export interface NightsRequest {
  readonly watch: string
  readonly out: string
  /** `HH:MM` */
  readonly at: string
  readonly clock: WallClock
  readonly store: Pick<Store, 'takeSlot' | 'endSlot' | 'lastSlot'>
  readonly holder: string
  readonly now: () => Date
  readonly wait: (milliseconds: number) => Promise<void>
  readonly runBatch: (request: NightBatch) => Promise<BatchSummary>
  readonly log: Log
}

export interface NightBatch {
  readonly paths: readonly string[]
  readonly out: string
  readonly resume: boolean
}

/** What a look at the clock came to. */
export type NightOutcome =
  | { readonly what: 'not-due' | 'taken' | 'begun' }
  | { readonly what: 'run'; readonly slot: string; readonly summary: BatchSummary }

/** Two looks at a file, this far apart. */
const LOOKS_MS = 2000
/** A night whose process died is taken up by another after this. */
const LEASE_MS = 60_000

/** Runs the night that is due, if one is. The first time ever, the next night is the first to be run. */
export async function runDueNight(request: NightsRequest): Promise<NightOutcome> {
  const { watch, at, clock, store, now } = request
  const schedule = scheduleName(watch)
  const newest = newestSlot(clock, now(), at)
  const last = await store.lastSlot(schedule)
  if (last === null) {
    await store.takeSlot({ schedule, slot: newest, holder: request.holder, milliseconds: LEASE_MS })
    await store.endSlot(schedule, newest)
    return { what: 'begun' }
  }
  const slot = dueSlot(newest, last)
  if (slot === null) return { what: 'not-due' }
  return runNight(slot, schedule, request)
}

async function runNight(slot: string, schedule: string, request: NightsRequest): Promise<NightOutcome> {
  const { store, holder, log } = request
  const lease = { schedule, slot, holder, milliseconds: LEASE_MS }
  if (!(await store.takeSlot(lease))) return { what: 'taken' }
  const renewal = setInterval(() => void store.takeSlot(lease).catch(() => undefined), LEASE_MS / 4)
  renewal.unref()
  try {
    log.info('night-begun', { slot })
    const summary = await request.runBatch(await planNight(slot, request))
    await store.endSlot(schedule, slot)
    log.info('night-finished', { slot, ...summary.counts })
    return { what: 'run', slot, summary }
  } finally {
    clearInterval(renewal)
  }
}

/** An interrupted night goes on with the files that it had; a new one takes what is ready. */
async function planNight(slot: string, request: NightsRequest): Promise<NightBatch> {
  const out = path.join(request.out, slot)
  const previous = readRunRecord(path.join(out, 'run.json'))
  if (previous !== null) return { paths: previous.inputs.map(input => input.path), out, resume: true }
  const before = filesBelow(request.watch)
  await request.wait(LOOKS_MS)
  const after = filesBelow(request.watch)
  const nights = nightsSince(dateBefore(after, request.now()), request.out)
  const taken = new Set(nights.flatMap(({ inputs }) => takenFiles(inputs)))
  const { ready, unfinished } = chooseFiles({ before, after, taken, now: request.now().getTime() })
  if (unfinished.length > 0) request.log.warn('files-still-written', { slot, files: unfinished.length })
  return { paths: ready.map(file => file.path), out, resume: false }
}

function filesBelow(directory: string): readonly InputFile[] {
  try {
    return findInputs([directory])
  } catch (error) {
    // A night without an export is a night.
    if (error instanceof ChartcodeError && error.code === 'input-empty') return []
    throw error
  }
}

/** A night takes what was there before it; its date may be a day behind, and a clock or a zone another. */
const MARGIN_MS = 3 * 86_400_000

/** Date before which no night can have taken any of these files. */
function dateBefore(files: readonly InputFile[], now: Date): string {
  const oldest = Math.min(...files.map(({ modified }) => modified), now.getTime())
  return new Date(Math.max(0, oldest - MARGIN_MS)).toISOString().slice(0, 10)
}

const DATE = /^\d{4}-\d\d-\d\d$/

/** Nights of this date or later, and directories with other names: after years there are many. */
function nightsSince(date: string, out: string): RunRecord[] {
  if (!existsSync(out)) return []
  return readdirSync(out).flatMap(name => {
    if (DATE.test(name) && name < date) return []
    const record = readRunRecord(path.join(out, name, 'run.json'))
    return record === null ? [] : [record]
  })
}

/** One schedule a watched directory. */
function scheduleName(watch: string): string {
  return `nightly ${path.resolve(watch)}`
}
