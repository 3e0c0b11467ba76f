/**
 * Producers, dispatchers, workers and the tending of the queue. What dispatchers and workers do is the product's
 * own code; only threads, processes, files and time are simulated.
 */
import { acceptNotes } from '../../../src/app/work/accept-notes.js'
import { encodeManifest } from '../../../src/app/work/batch-manifest.js'
import type { Chunk } from '../../../src/app/coding/chunk.js'
import type { ChunkOutcome } from '../../../src/app/coding/outcome.js'
import type { codeWork, WorkParts } from '../../../src/app/work/code-work.js'
import type { DispatchParts } from '../../../src/app/work/dispatch.js'
import { createKnownWork } from '../../../src/app/work/known-work.js'
import { pipelineKey } from '../../../src/app/work/work-pipeline.js'
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Note } from '../../../src/model/note.js'
import { createRetryingStore } from '../../../src/store/retrying-store.js'
import type { Priority, Store } from '../../../src/store/store.js'
import {
  CHUNKS_IN_MEMORY,
  codedAs,
  PIPELINE,
  poisonOf,
  refusedAs,
  simulatedNote,
  SIMULATED,
} from './notes.js'
import type { SimulatedPoison } from './notes.js'
import { isUnavailable, keepRunning, type SimulatedProcess } from './processes.js'
import type { Actor } from './scheduler.js'
import type { World } from './world.js'

/** One round; throws what the ports throw, and the next round goes on from there. */
export type DispatchOnce = (parts: DispatchParts) => Promise<void>

export type WorkOnce = typeof codeWork

export interface Sent {
  /** Note id → the note, once the store has said so to a producer. */
  readonly acknowledged: Map<string, Note>
  /** What any producer has tried to send; some is sent again by another. */
  readonly tried: Note[]
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
    const priority = random.between(1, 3) as Priority
    const accept = (requestHash: string) =>
      acceptNotes({
        store,
        pipeline: SIMULATED,
        priority,
        notes,
        idempotency: { key: `key of ${names[0]}`, requestHash },
      })
    const accepted = await untilAnswered(world, actor, () => accept('of the request'))
    for (const [at, { noteId }] of accepted.entries()) sent.acknowledged.set(noteId, notes[at]!)
    const conflict = await untilAnswered(world, actor, () => accept('of another request').catch(conflictCode))
    if (conflict !== 'key-conflict') ledger.violate('a used key was accepted for another request')
  }
}

function conflictCode(error: unknown): string {
  if (error instanceof ChartcodeError && error.code === 'key-conflict') return error.code
  throw error
}

function drawPoison({ random, plan }: World): SimulatedPoison | null {
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
    manifest: encodeManifest({
      pipeline: SIMULATED,
      out: '',
      inputs: [],
      controls: [],
      notes: plan.chunks,
    }),
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
    const [store, queue] = [patientStore(world, actor), world.queueOf(actor)]
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
    const store = patientStore(world, actor)
    const parts: WorkParts = {
      store,
      known: createKnownWork(store),
      worker: actor.name,
      code: chunk => codeBeside(world, actor, kill, chunk),
      codeAlone: async chunk => {
        await scheduler.sleep(actor, random.between(50, 800), 'codes alone')
        return poisonOf(chunk) === 'kills' ? refusedAs('process-died') : code(chunk)
      },
      keyOf: job => pipelineKey({ ...SIMULATED, job }),
      files: CHUNKS_IN_MEMORY,
      onDone: () => {},
    }
    const client = world.jobs.clientOf(actor)
    const handler = (workId: string): Promise<void> => workOnce(workId, parts)
    await client.consume({ concurrency: plan.concurrency, handler, onError: () => {} })
  })
}

/** As a worker has it: asks again while the store does not answer. */
function patientStore(world: World, actor: Actor): Store {
  const { scheduler, plan } = world
  const sleep = (milliseconds: number): Promise<void> => scheduler.sleep(actor, milliseconds, 'waits')
  const clock = { now: scheduler.now, sleep }
  return createRetryingStore(world.storeOf(actor), { totalMs: plan.patienceMs, clock })
}

async function codeBeside(world: World, actor: Actor, kill: () => void, chunk: Chunk): Promise<ChunkOutcome> {
  await world.scheduler.sleep(actor, world.random.between(5, 800), 'codes')
  if (poisonOf(chunk) === 'kills') {
    kill()
    // The dead have no further turn.
    await world.scheduler.turn(actor, 'is dead')
  }
  if (actor.isStopping) throw new ChartcodeError('worker-failed', 'the worker stops')
  return code(chunk)
}

function code(chunk: Chunk): ChunkOutcome {
  return poisonOf(chunk) === 'throws' ? refusedAs('note-memory') : codedAs(chunk)
}

export async function tendQueue({ scheduler, random, jobs, outage }: World): Promise<void> {
  const actor = scheduler.actor('queue')
  for (;;) {
    await scheduler.sleep(actor, random.between(50, 250), 'hands out')
    if (outage.queue <= scheduler.now()) jobs.tend()
  }
}
