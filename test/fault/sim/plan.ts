/**
 * What a schedule is made of, drawn from its seed. Each kind of trouble is there or not (swarm testing,
 * Groce et al., ISSTA 2012): a schedule with all of it at once never gets far enough to find what takes time.
 */
import type { Random } from '../random.js'

export interface Plan {
  readonly producers: number
  readonly requestsEach: number
  readonly chunks: number
  readonly workers: number
  readonly concurrency: number
  readonly dispatchers: number
  readonly poisonChance: number
  /** Somebody looks into the quarantine and has work done again. */
  readonly hasReviewer: boolean
  /** By call: it fails and did nothing; it took effect and fails. */
  readonly storeRefuses: number
  readonly storeLosesReply: number
  /** How long dispatchers and workers ask a store again that does not answer. */
  readonly patienceMs: number
  readonly queueRefuses: number
  readonly queueLosesReply: number
  /** What the nemesis may do; it does one of them every now and then. */
  readonly troubles: readonly Trouble[]
  /** Simulated milliseconds until the last of it. */
  readonly calmFrom: number
}

export const TROUBLES = [
  'kill-worker',
  'freeze-worker',
  'stop-worker',
  'kill-dispatcher',
  'freeze-dispatcher',
  'kill-producer',
  'lose-jobs',
  'lose-all-jobs',
  'duplicate-job',
  'store-outage',
  'queue-outage',
] as const

export type Trouble = (typeof TROUBLES)[number]

export function drawPlan(random: Random): Plan {
  const sometimes = (rate: number): number => (random.chance(0.5) ? random.next() * rate : 0)
  return {
    producers: random.between(1, 3),
    requestsEach: random.between(1, 4),
    chunks: random.chance(0.3) ? random.between(1, 4) : 0,
    workers: random.between(1, 3),
    concurrency: random.between(1, 2),
    dispatchers: random.between(1, 2),
    poisonChance: sometimes(0.4),
    hasReviewer: random.chance(0.4),
    storeRefuses: sometimes(0.2),
    storeLosesReply: sometimes(0.2),
    patienceMs: random.pick([0, 1_000, 30_000]),
    queueRefuses: sometimes(0.3),
    queueLosesReply: sometimes(0.3),
    troubles: TROUBLES.filter(() => random.chance(0.4)),
    calmFrom: random.between(3_000, 20_000),
  }
}
