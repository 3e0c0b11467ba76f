/**
 * A queue in memory that behaves as BullMQ does on a bad day: a job belongs to whoever took it while its lock
 * lasts; a worker that is dead or frozen loses it to another; jobs can be lost or be there twice. Each process
 * has a client of its own, so that the queue can see whether it is still there.
 */
import type { Consumer, ConsumeRequest, Queue } from '../../../src/queue/queue.js'
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
  const jobs = new Set<Job>()
  const readers = new Set<Reader>()
  let sequence = 0
  const put = (workId: string, priority: number): void => {
    jobs.add({ workId, priority, sequence: sequence++, reader: null, lockedUntil: 0 })
  }
  const has = (workId: string): boolean => [...jobs].some(job => job.workId === workId)
  const isThere = ({ actor }: Reader): boolean => !actor.isDead && actor.frozenUntil <= now()
  const isClosed = (reader: Reader): boolean => reader.isClosed || reader.actor.isStopping
  const handOut = (job: Job, reader: Reader): void => {
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
  const tend = (): void => {
    for (const job of jobs) {
      if (job.reader === null) continue
      if (isThere(job.reader)) job.lockedUntil = now() + LOCK_MS
      else if (job.lockedUntil < now()) job.reader = null
    }
    const waiting = [...jobs].filter(job => job.reader === null)
    for (const job of waiting.sort(
      (one, other) => one.priority - other.priority || one.sequence - other.sequence,
    )) {
      const free = [...readers].filter(
        reader => isThere(reader) && !isClosed(reader) && reader.inHand < reader.request.concurrency,
      )
      if (free.length > 0) handOut(job, random.pick(free))
    }
  }
  const consume = (actor: Actor, request: ConsumeRequest): Consumer => {
    const reader: Reader = { actor, request, inHand: 0, isClosed: false }
    readers.add(reader)
    return {
      close: async () => {
        reader.isClosed = true
      },
    }
  }
  return {
    clientOf: actor => ({
      backend: 'redis',
      check: async () => {},
      add: async work => {
        for (const { workId, priority } of work) if (!has(workId)) put(workId, priority)
      },
      alive: async workIds => new Set(workIds.filter(has)),
      counts: async () => {
        const active = [...jobs].filter(job => job.reader !== null).length
        return { waiting: jobs.size - active, active, delayed: 0 }
      },
      level: async () => ({ used: jobs.size, limit: null }),
      consume: async request => consume(actor, request),
      close: async () => {},
    }),
    tend,
    lose: probability => {
      for (const job of jobs) if (random.chance(probability)) jobs.delete(job)
    },
    duplicate: () => {
      if (jobs.size === 0) return
      const { workId, priority } = random.pick([...jobs])
      put(workId, priority)
    },
    size: () => jobs.size,
  }
}
