/**
 * What all actors of one simulated schedule share: the scheduler, the store and the queue as each of them
 * sees them (late, failing, with lost replies), and the ledger that watches the store behind all that.
 */
import { ChartcodeError, type ErrorCode } from '../../../src/model/errors.js'
import type { Queue } from '../../../src/queue/queue.js'
import type { Store } from '../../../src/store/store.js'
import { intercept, type Call } from '../intercept.js'
import { createRandom, type Random } from '../random.js'
import { createLedger, type Ledger } from './ledger.js'
import { createMemoryStore } from './memory-store.js'
import { drawPlan, type Plan } from './plan.js'
import { createScheduler, type Actor, type Scheduler } from './scheduler.js'
import { createSimulatedQueue, type SimulatedQueue } from './simulated-queue.js'

export interface World {
  readonly plan: Plan
  readonly scheduler: Scheduler
  readonly random: Random
  readonly ledger: Ledger
  readonly jobs: SimulatedQueue
  /** As it is, watched by the ledger. */
  readonly store: Store
  readonly storeOf: (actor: Actor) => Store
  readonly queueOf: (actor: Actor) => Queue
  /** Simulated milliseconds until which nothing answers. */
  readonly outage: { store: number; queue: number }
  readonly isCalm: () => boolean
}

/** `alter` changes the store under the ledger's eyes: how a test shows that the ledger sees. */
export function createWorld(seed: number, alter: (store: Store) => Store): World {
  const random = createRandom(seed)
  const plan = drawPlan(random.fork())
  const scheduler = createScheduler(random.fork())
  const { now } = scheduler
  const ledger = createLedger(now)
  const jobs = createSimulatedQueue(now, random.fork())
  const outage = { store: 0, queue: 0 }
  let ids = 0
  const store = ledger.watch(alter(createMemoryStore({ now, newId: () => `id-${++ids}` })))
  const isCalm = (): boolean => now() >= plan.calmFrom
  const faults: Faults = { scheduler, random: random.fork(), isCalm }
  const ofStore: Trouble = {
    code: 'store-unavailable',
    refuses: plan.storeRefuses,
    losesReply: plan.storeLosesReply,
    downUntil: () => outage.store,
  }
  const ofQueue: Trouble = {
    code: 'queue-unavailable',
    refuses: plan.queueRefuses,
    losesReply: plan.queueLosesReply,
    downUntil: () => outage.queue,
  }
  return {
    plan,
    scheduler,
    random: random.fork(),
    ledger,
    jobs,
    store,
    storeOf: actor => intercept(store, call => callFrom(actor, call, ofStore, faults)),
    queueOf: actor => intercept(jobs.clientOf(actor), call => callFrom(actor, call, ofQueue, faults)),
    outage,
    isCalm,
  }
}

interface Faults extends Pick<World, 'scheduler' | 'isCalm'> {
  readonly random: Random
}

interface Trouble {
  readonly code: ErrorCode
  readonly refuses: number
  readonly losesReply: number
  readonly downUntil: () => number
}

/** Others may act before the call and between its effect and its answer, which may be lost. */
async function callFrom(actor: Actor, call: Call, trouble: Trouble, faults: Faults): Promise<unknown> {
  const { scheduler, random, isCalm } = faults
  await scheduler.turn(actor, call.method)
  const isDown = !isCalm() && (random.chance(trouble.refuses) || trouble.downUntil() > scheduler.now())
  if (isDown) throw new ChartcodeError(trouble.code, `${call.method} did nothing`)
  const isLost = !isCalm() && random.chance(trouble.losesReply)
  const answer = await call.proceed(isLost ? shortened(call, random) : call.args)
  await scheduler.turn(actor, isLost ? `${call.method}: the answer is lost` : `${call.method}: the answer`)
  if (isLost) throw new ChartcodeError(trouble.code, `the answer of ${call.method} was lost`)
  return answer
}

/** The queue is no transaction: of what is added, some is there and some is not. */
function shortened({ method, args }: Call, random: Random): readonly unknown[] {
  const [list] = args
  return method === 'add' && Array.isArray(list) ? [list.slice(0, random.between(0, list.length))] : args
}
