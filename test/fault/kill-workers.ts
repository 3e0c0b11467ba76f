/**
 * Kills workers by a schedule, one at a drawn moment of each of so many equal stretches of time: a dozen kills
 * in one second would only measure how long a process takes to start. Each kill is a real one: where the drawn
 * slot is dead or not ready yet, the next one that is at work is taken, or waited for.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { workerNames, type Kill } from './attempts.js'
import { drawSchedule, startNemesis } from './nemesis.js'
import type { Supervisor } from './supervisor.js'

export interface KillRequest {
  readonly seed: number
  readonly kills: number
  /** Slots that there are. */
  readonly slots: number
  readonly fromMs: number
  readonly untilMs: number
  readonly tell: (line: string) => void
}

/** A worker is back after a second or two, and never after this. */
const READY_WITHIN_MS = 30_000

export async function killWorkers(workers: Supervisor, request: KillRequest): Promise<readonly Kill[]> {
  const { seed, kills, slots, fromMs, untilMs, tell } = request
  const killed: Kill[] = []
  const step = (untilMs - fromMs) / kills
  const schedule = Array.from({ length: kills }, (_, at) => {
    const times = { fromMs: Math.round(fromMs + at * step), untilMs: Math.round(fromMs + (at + 1) * step) }
    return drawSchedule({ ...times, seed: seed + at, plans: [{ op: 'kill', times: 1, targets: slots }] })
  }).flat()
  // Nobody is killed twice, though the end of a killed one may not be known yet.
  const isAlive = (pid: number | null): boolean => killed.every(one => one.pid !== pid)
  const kill = async (target: number): Promise<void> => {
    const slot = await readySlot(workers, { first: target, slots, isAlive })
    const pid = workers.pids()[slot] ?? 0
    if (workers.signal(slot, 'SIGKILL')) killed.push({ pid, at: Date.now() })
  }
  await startNemesis(schedule, { kill }, tell).over
  return killed
}

/** All of them, for a trial that begins with warm workers. */
export async function untilReady(workers: Supervisor): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS
  while (!workers.pids().every(pid => isReady(pid, workers))) {
    if (performance.now() > end) throw new RangeError('a worker was not ready within 30 s')
    await sleep(20)
  }
}

interface SlotRequest {
  readonly first: number
  readonly slots: number
  readonly isAlive: (pid: number | null) => boolean
}

async function readySlot(workers: Supervisor, { first, slots, isAlive }: SlotRequest): Promise<number> {
  const end = performance.now() + READY_WITHIN_MS
  while (performance.now() < end) {
    for (let at = 0; at < slots; at++) {
      const slot = (first + at) % slots
      const pid = workers.pids()[slot] ?? null
      if (isAlive(pid) && isReady(pid, workers)) return slot
    }
    await sleep(20)
  }
  throw new RangeError('no worker was ready within 30 s')
}

function isReady(pid: number | null, { files }: Supervisor): boolean {
  return pid !== null && workerNames(files).has(pid)
}
