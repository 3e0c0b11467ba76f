/** What a worker tells Prometheus: counts and times by closed lists of labels, never an id or a path. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { QueueCounts, QueueLevel } from '../../queue/queue.js'
import type { WorkCounts } from '../../store/store.js'
import type { WorkDone } from './code-work.js'

export interface WorkerMetrics {
  readonly registry: Registry
  readonly done: (done: WorkDone) => void
  readonly took: (seconds: number) => void
  readonly failed: (code: string, times?: number) => void
  readonly died: () => void
  readonly stalled: () => void
  readonly dispatched: (jobs: number) => void
  readonly lost: (jobs: number) => void
  readonly sample: (sample: Sample) => void
}

export interface Sample {
  readonly queue: QueueCounts
  readonly level: QueueLevel
  readonly work: WorkCounts
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createMetrics(): WorkerMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'chartcode_' })
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `chartcode_${name}`, help, labelNames, registers: [registry] })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `chartcode_${name}`, help, labelNames, registers: [registry] })
  const notes = counter('notes_total', 'Notes whose work ended, by how', ['outcome'])
  const quarantined = counter('quarantined_total', 'Notes that were put into quarantine, by reason', [
    'reason',
  ])
  const errors = counter('errors_total', 'Errors of this process, by code', ['code'])
  const deaths = counter('thread_deaths_total', 'Coding threads that died or were stopped')
  const stalled = counter('stalled_total', 'Jobs given out again because their worker was lost')
  const dispatched = counter('dispatched_total', 'Jobs put into the queue')
  const lost = counter('jobs_lost_total', 'Open work whose job was gone from the queue')
  const duration = new Histogram({
    name: 'chartcode_work_seconds',
    help: 'Seconds from taking up a piece of work to its commit',
    buckets: SECONDS,
    registers: [registry],
  })
  const jobs = gauge('queue_jobs', 'Jobs in the queue, by state', ['state'])
  const memory = gauge('queue_memory_bytes', 'Memory of the queue, used and at most', ['kind'])
  const work = gauge('work', 'Notes accepted one by one, by state', ['state'])
  return {
    registry,
    done: ({ notes: count, what, reasons }) => {
      notes.inc({ outcome: what }, count)
      for (const reason of reasons) quarantined.inc({ reason })
    },
    took: seconds => {
      duration.observe(seconds)
    },
    failed: (code, times = 1) => {
      errors.inc({ code }, times)
    },
    died: () => {
      deaths.inc()
    },
    stalled: () => {
      stalled.inc()
    },
    dispatched: count => {
      dispatched.inc(count)
    },
    lost: count => {
      lost.inc(count)
    },
    sample: sample => {
      for (const state of ['waiting', 'active', 'delayed'] as const) jobs.set({ state }, sample.queue[state])
      memory.set({ kind: 'used' }, sample.level.used)
      if (sample.level.limit !== null) memory.set({ kind: 'limit' }, sample.level.limit)
      for (const state of ['accepted', 'done', 'quarantined', 'open'] as const)
        work.set({ state }, sample.work[state])
    },
  }
}
