/** Producers, dispatchers, workers and the tending of the queue: the loops of the product, in small. */
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Claim, NewNote } from '../../../src/store/store.js'
import type { DispatchOnce } from './dispatch.js'
import { codeNote, poisonIn, simulatedNote, type Coded } from './notes.js'
import { isUnavailable, keepRunning, type SimulatedProcess } from './processes.js'
import type { Actor } from './scheduler.js'
import type { WorkOnce } from './work.js'
import type { World } from './world.js'

export const PIPELINE = 'simulated'

export interface Sent {
  /** Note id → the note, once the store has said so to a producer. */
  readonly acknowledged: Map<string, NewNote>
  /** What any producer has tried to send; some is sent again by another. */
  readonly tried: NewNote[]
}

/** Sends its notes, each until it is acknowledged; sends some of others too, and one under a used key. */
export async function produce(world: World, actor: Actor, sent: Sent): Promise<void> {
  const { scheduler, random, plan, ledger } = world
  const store = world.storeOf(actor)
  for (let number = 0; number < plan.requestsEach; number++) {
    await scheduler.sleep(actor, random.between(0, 2_000), 'writes a note')
    const names = Array.from({ length: random.between(1, 2) }, (_, at) => `${actor.name} ${number} ${at}`)
    const notes = names.map(name => simulatedNote(name, drawPoison(world), random))
    if (sent.tried.length > 0 && random.chance(0.3)) notes.push(random.pick(sent.tried))
    sent.tried.push(...notes)
    const idempotency = { key: `key of ${names[0]}`, requestHash: 'of the request' }
    const accepted = await untilAnswered(world, actor, () =>
      store.acceptNotes({ pipeline: PIPELINE, notes, idempotency }),
    )
    for (const [at, { noteId }] of accepted.entries()) sent.acknowledged.set(noteId, notes[at]!)
    const other = { ...idempotency, requestHash: 'of another request' }
    const conflict = await untilAnswered(world, actor, () =>
      store.acceptNotes({ pipeline: PIPELINE, notes, idempotency: other }).catch(conflictCode),
    )
    if (conflict !== 'key-conflict') ledger.violate('a used key was accepted for another request')
  }
}

function conflictCode(error: unknown): string {
  if (error instanceof ChartcodeError && error.code === 'key-conflict') return error.code
  throw error
}

function drawPoison({ random, plan }: World): 'kills' | 'throws' | null {
  if (!random.chance(plan.poisonChance)) return null
  return random.chance(0.5) ? 'kills' : 'throws'
}

export async function sendBatch(world: World, actor: Actor): Promise<void> {
  const { plan } = world
  const store = world.storeOf(actor)
  const chunks = Array.from({ length: plan.chunks }, (_, number) => ({ number, place: { number }, notes: 1 }))
  const batch = {
    batchId: 'batch',
    facility: 'facility 0',
    priority: 3,
    pipeline: PIPELINE,
    manifest: {},
  } as const
  await untilAnswered(world, actor, () => store.createBatch({ ...batch, chunks }))
}

/** Has one entry of the quarantine done again every few seconds: it will be there again. */
export async function review(world: World, actor: Actor): Promise<void> {
  const { scheduler, random } = world
  const store = world.storeOf(actor)
  while (!world.isCalm()) {
    await scheduler.sleep(actor, random.between(500, 4_000), 'looks into the quarantine')
    const entries = await untilAnswered(world, actor, () => store.quarantined({ limit: 100 }))
    if (entries.length === 0) continue
    const { quarantineId } = random.pick(entries)
    await untilAnswered(world, actor, () => store.replay([quarantineId]))
  }
}

async function untilAnswered<T>(
  { scheduler, random }: World,
  actor: Actor,
  call: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      isUnavailable(error)
      await scheduler.sleep(actor, random.between(50, 1_000), 'tries again')
    }
  }
}

export function startDispatcher(world: World, slot: number, dispatchOnce: DispatchOnce): SimulatedProcess {
  return keepRunning(world, `dispatcher ${slot}`, async actor => {
    const [store, queue] = [world.storeOf(actor), world.queueOf(actor)]
    for (;;) {
      await world.scheduler.sleep(actor, world.random.between(300, 1_200), 'wakes up')
      try {
        const lease = { name: 'dispatch', holder: actor.name, milliseconds: 4_000 }
        if (await store.takeLease(lease)) await dispatchOnce({ store, queue })
      } catch (error) {
        isUnavailable(error)
      }
    }
  })
}

export function startWorker(world: World, slot: number, workOnce: WorkOnce): SimulatedProcess {
  const { scheduler, random, plan } = world
  return keepRunning(world, `worker ${slot}`, async (actor, kill) => {
    const store = world.storeOf(actor)
    let jobs = 0
    const code = async (claim: Claim): Promise<Coded> => codeBeside(world, actor, kill, claim)
    const codeAlone = async (claim: Claim): Promise<Coded> => {
      await scheduler.sleep(actor, random.between(50, 800), 'codes alone')
      if (poisonOf(claim) === 'kills') throw new ChartcodeError('process-died', 'alone')
      return codeClaim(claim)
    }
    const handler = (workId: string): Promise<void> => {
      const token = `${actor.name} ${++jobs}`
      const pause = (milliseconds: number): Promise<void> => scheduler.sleep(actor, milliseconds, 'waits')
      return workOnce({ store, workId, worker: actor.name, token, code, codeAlone, pause })
    }
    const client = world.jobs.clientOf(actor)
    await client.consume({ concurrency: plan.concurrency, handler, onError: () => {} })
  })
}

async function codeBeside(world: World, actor: Actor, kill: () => void, claim: Claim): Promise<Coded> {
  await world.scheduler.sleep(actor, world.random.between(5, 800), 'codes')
  if (poisonOf(claim) === 'kills') {
    kill()
    // The dead have no further turn.
    await world.scheduler.turn(actor, 'is dead')
  }
  if (actor.isStopping) throw new Error('the worker stops')
  return codeClaim(claim)
}

function poisonOf({ work }: Claim): 'kills' | 'throws' | null {
  return work.kind === 'note' ? poisonIn(work.body) : null
}

function codeClaim(claim: Claim): Coded {
  if (poisonOf(claim) === 'throws') throw new ChartcodeError('note-memory', 'as it is made to')
  return codeNote(claim.work.kind === 'note' ? claim.work.body : Buffer.from(`chunk ${claim.work.number}`))
}

export async function tendQueue({ scheduler, random, jobs, outage }: World): Promise<void> {
  const actor = scheduler.actor('queue')
  for (;;) {
    await scheduler.sleep(actor, random.between(50, 250), 'hands out')
    if (outage.queue <= scheduler.now()) jobs.tend()
  }
}
