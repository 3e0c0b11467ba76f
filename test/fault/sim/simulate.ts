/**
 * One simulated schedule: a seed comes in, what went wrong goes out. Producers, dispatchers and workers run
 * against a store and a queue that fail, die, freeze and lose; after every step the laws are checked, and at
 * its end every acknowledged note must be done or in quarantine, as it deserves.
 */
import type { Store } from '../../../src/store/store.js'
import { codeWork } from '../../../src/app/work/code-work.js'
import { dispatch, reconcile } from '../../../src/app/work/dispatch.js'
import {
  produce,
  review,
  sendBatch,
  startDispatcher,
  startWorker,
  tendQueue,
  type DispatchOnce,
  type Sent,
  type WorkOnce,
} from './actors.js'
import { PIPELINE, poisonIn, resultOf } from './notes.js'
import { runActor } from './processes.js'
import type { Actor } from './scheduler.js'
import { makeTrouble } from './trouble.js'
import { createWorld, type World } from './world.js'

export interface SimulationParts {
  readonly dispatchOnce?: DispatchOnce
  readonly workOnce?: WorkOnce
  /** Makes the store another one than the port promises. */
  readonly alterStore?: (store: Store) => Store
}

export interface SimulationOutcome {
  readonly seed: number
  /** Empty where all laws held. */
  readonly violations: readonly string[]
  readonly steps: number
  readonly simulatedMs: number
  readonly notes: number
  /** Attempts at work items. */
  readonly claims: number
  readonly trace: readonly string[]
}

/** As a worker's rounds do it. */
export const reconcileAndDispatch: DispatchOnce = async parts => {
  await reconcile(parts)
  await dispatch(parts)
}

/** Simulated time after the last trouble in which everything must have come to its end. */
const SETTLE_MS = 120_000

export async function simulate(seed: number, parts: SimulationParts = {}): Promise<SimulationOutcome> {
  const { dispatchOnce = reconcileAndDispatch, workOnce = codeWork, alterStore = store => store } = parts
  const world = createWorld(seed, alterStore)
  const { scheduler, plan, ledger } = world
  const sent: Sent = { acknowledged: new Map(), tried: [] }
  const sending = new Set<Actor>()
  const send = (name: string, main: (actor: Actor) => Promise<void>): Actor => {
    const actor = scheduler.actor(name)
    sending.add(actor)
    runActor(
      world,
      actor,
      main(actor).then(() => void sending.delete(actor)),
    )
    return actor
  }
  const producers = Array.from({ length: plan.producers }, (_, slot) =>
    send(`producer ${slot}`, actor => produce(world, actor, sent)),
  )
  if (plan.hasReviewer) send('reviewer', actor => review(world, actor))
  if (plan.chunks > 0) send('batch', actor => sendBatch(world, actor))
  const dispatchers = Array.from({ length: plan.dispatchers }, (_, slot) =>
    startDispatcher(world, slot, dispatchOnce),
  )
  const workers = Array.from({ length: plan.workers }, (_, slot) => startWorker(world, slot, workOnce))
  void tendQueue(world)
  runActor(world, scheduler.actor('nemesis'), makeTrouble(world, { producers, workers, dispatchers }))

  await scheduler.run({
    until: plan.calmFrom + SETTLE_MS,
    goesOn: async () => {
      ledger.judgeCounts(await world.store.counts())
      if (ledger.violations.length > 0) return false
      return !(world.isCalm() && [...sending].every(actor => actor.isDead) && (await isSettled(world)))
    },
  })
  if (ledger.violations.length === 0) await judgeEnd(world, sent)
  return {
    seed,
    violations: ledger.violations,
    steps: scheduler.steps(),
    simulatedMs: scheduler.now(),
    notes: sent.acknowledged.size,
    claims: ledger.claims(),
    trace: scheduler.trace,
  }
}

async function isSettled({ store, jobs }: World): Promise<boolean> {
  const [{ open }, batch] = await Promise.all([store.counts(), store.batch('batch')])
  return open === 0 && batch?.state !== 'running' && jobs.size() === 0
}

async function judgeEnd(world: World, sent: Sent): Promise<void> {
  const { store, ledger, plan } = world
  if (!(await isSettled(world))) ledger.violate('work or jobs were left open for ever')
  for (const [noteId, note] of sent.acknowledged) {
    const state = await store.noteState(noteId, PIPELINE)
    const expected = poisonIn(note.text) === null ? 'done' : 'quarantined'
    if (state !== expected) ledger.violate(`an acknowledged note is ${state ?? 'lost'}, not ${expected}`)
    const { result } = (await store.result(noteId, PIPELINE)) ?? {}
    const due = expected === 'done' ? resultOf(Buffer.from(JSON.stringify(note))) : undefined
    if (textOf(result) !== textOf(due)) ledger.violate('a note has the result of another')
  }
  const batch = await store.batch('batch')
  if (batch !== null && batch.counts.coded !== plan.chunks)
    ledger.violate('a chunk was counted twice or not at all')
}

function textOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString()
}
