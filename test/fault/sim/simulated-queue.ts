/**
 * A queue in memory that behaves as BullMQ does on a bad day: a job belongs to whoever took it while its lock
 * lasts; a worker that is dead or frozen loses it to another; jobs can be lost or be there twice. Each process
 * has a client of its own, so that the queue can see whether it is still there.
 */
import type { ConsumeRequest, Queue } from '../../../src/queue/queue.js'
import type { Random } from '../random.js'
import type { Actor } from './scheduler.js'

/** As in production: `lockDuration`. */
const LOCK_MS = 5_000

interface Reader {
  readonly actor: Actor
  readonly request: ConsumeRequest
  inHand: number
  isClosed: boolean
}

interface Job {
  readonly workId: string
  readonly priority: number
  readonly sequence: number
  reader: Reader | null
  lockedUntil: number
}

interface State {
  readonly now: () => number
  readonly random: Random
  readonly jobs: Set<Job>
  readonly readers: Set<Reader>
  sequence: number
}

export interface SimulatedQueue {
  readonly clientOf: (actor: Actor) => Queue
  /** Renews the locks of the living, takes back those of the dead, hands out what waits. */
  readonly tend: () => void
  /** Each job with this probability, also those in hand. */
  readonly lose: (probability: number) => void
  /** One of the jobs is there twice, as after a restart from an older file. */
  readonly duplicate: () => void
  readonly size: () => number
}

export function createSimulatedQueue(now: () => number, random: Random): SimulatedQueue {
  const state: State = { now, random, jobs: new Set(), readers: new Set(), sequence: 0 }
  return {
    clientOf: actor => openClient(state, actor),
    tend: () => {
      tendLocks(state)
      handOutAll(state)
    },
    lose: probability => {
      for (const job of state.jobs) if (random.chance(probability)) state.jobs.delete(job)
    },
    duplicate: () => {
      if (state.jobs.size > 0) put(state, random.pick([...state.jobs]))
    },
    size: () => state.jobs.size,
  }
}

function put(state: State, { workId, priority }: Pick<Job, 'workId' | 'priority'>): void {
  state.jobs.add({ workId, priority, sequence: state.sequence++, reader: null, lockedUntil: 0 })
}

function openClient(state: State, actor: Actor): Queue {
  const { jobs, readers } = state
  const has = (workId: string): boolean => [...jobs].some(job => job.workId === workId)
  return {
    backend: 'redis',
    check: async () => {},
    add: async work => {
      for (const job of work) if (!has(job.workId)) put(state, job)
    },
    alive: async workIds => new Set(workIds.filter(has)),
    counts: async () => {
      const active = [...jobs].filter(job => job.reader !== null).length
      return { waiting: jobs.size - active, active, delayed: 0 }
    },
    level: async () => ({ used: jobs.size, limit: null }),
    consume: async request => {
      const reader: Reader = { actor, request, inHand: 0, isClosed: false }
      readers.add(reader)
      return {
        close: async () => {
          reader.isClosed = true
        },
      }
    },
    close: async () => {},
  }
}

function tendLocks({ jobs, now }: State): void {
  for (const job of jobs) {
    if (job.reader === null) continue
    if (isThere(job.reader, now())) job.lockedUntil = now() + LOCK_MS
    else if (job.lockedUntil < now()) job.reader = null
  }
}

function isThere({ actor }: Reader, now: number): boolean {
  return !actor.isDead && actor.frozenUntil <= now
}

function handOutAll(state: State): void {
  const { jobs, readers, random, now } = state
  const waiting = [...jobs]
    .filter(job => job.reader === null)
    .sort((one, other) => one.priority - other.priority || one.sequence - other.sequence)
  for (const job of waiting) {
    const free = [...readers].filter(reader => isThere(reader, now()) && takesMore(reader))
    if (free.length > 0) handOut(state, job, random.pick(free))
  }
}

function takesMore({ actor, request, isClosed, inHand }: Reader): boolean {
  return !isClosed && !actor.isStopping && inHand < request.concurrency
}

function handOut({ jobs, now }: State, job: Job, reader: Reader): void {
  job.reader = reader
  job.lockedUntil = now() + LOCK_MS
  reader.inHand++
  const end = (isDone: boolean): void => {
    reader.inHand--
    // Where the lock was lost, the job is another's by now.
    if (job.reader !== reader) return
    job.reader = null
    if (isDone) jobs.delete(job)
  }
  reader.request.handler(job.workId).then(
    () => {
      end(true)
    },
    () => {
      end(false)
    },
  )
}
