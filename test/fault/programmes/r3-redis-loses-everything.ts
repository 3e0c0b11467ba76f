/**
 * R3: Redis loses what it had: it is flushed; its directory is deleted; it has no AOF and comes back with an
 * old snapshot. The store knows what is open, so each job is in the queue again within seconds.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAttempts, readDispatched, readOpen } from '../attempts.js'
import {
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Installation,
} from '../installation.js'
import { untilReady } from '../kill-workers.js'
import { comparisonFigures, conservationFigures, sampleConservation } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { startIntake } from '../steady-intake.js'
import type { RedisServer } from '../../servers/redis.js'

const WORKERS = 4
/** RELIABILITY R3. */
const REENQUEUED_WITHIN_S = 10
/** What is not back by then is not waited for. */
const GIVEN_UP_AFTER_MS = 30_000
/** Jobs that must be there to be lost. */
const JOBS_LOST = 300
const LIMIT_MS = 120_000

type Loss = (redis: RedisServer) => Promise<unknown>

const LOSSES_OF_AOF: Readonly<Record<string, Loss>> = {
  flushall: redis => redis.cli('flushall'),
  'directory deleted': async redis => {
    await redis.kill9()
    for (const name of readdirSync(redis.directory))
      rmSync(path.join(redis.directory, name), { recursive: true, force: true })
    await redis.restart()
  },
}
const LOSSES_OF_RDB: Readonly<Record<string, Loss>> = {
  'old snapshot': redis => redis.restart(),
}

export const programme: Programme = {
  id: 'R3',
  title: 'Redis loses everything: each job is in the queue again',
  run: async context => {
    const rounds = context.isFull ? 5 : 1
    const aof = await runWith(context, { conf: {}, losses: LOSSES_OF_AOF, rounds })
    const rdb = await runWith(context, { conf: { appendonly: 'no' }, losses: LOSSES_OF_RDB, rounds })
    return { figures: [...aof, ...rdb] }
  },
}

interface Trial {
  readonly conf: Readonly<Record<string, string>>
  readonly losses: Readonly<Record<string, Loss>>
  readonly rounds: number
}

function runWith(whole: ProgrammeContext, { conf, losses, rounds }: Trial): Promise<readonly Figure[]> {
  const [first = ''] = Object.keys(losses)
  const context = { ...whole, directory: path.join(whole.directory, first) }
  mkdirSync(context.directory)
  return withInstallation(context, { workers: WORKERS, redis: { conf } }, async installation => {
    const { workers, backends, redis, postgres } = installation
    const { store } = backends
    const sampler = sampleConservation(store.counts)
    await untilReady(workers)
    const intake = startIntake(installation, context.random.fork())
    const seen: Figure[] = []
    for (const name of Object.keys(losses).flatMap(loss => Array<string>(rounds).fill(loss))) {
      await untilDispatched(installation)
      // An AOF takes no notice; without one it is the snapshot that Redis comes back with.
      await redis.cli('save')
      await sleep(context.random.between(500, 1_500))
      seen.push(...(await lose(installation, { name, loss: losses[name]!, tell: context.tell })))
    }
    const { notes, accepted } = await intake.stop()
    const isDone = await untilDone(store, LIMIT_MS)
    const expected = await expectedResults(installation, notes)
    const comparison = await compareWithStore(store, installation, { accepted, expected })
    const again = (await readAttempts(postgres.url)).length - notes.length
    context.tell(`${notes.length} notes, ${again} were executed again`)
    return [
      ...seen,
      figureEqual('notes done', isDone ? notes.length : 0, notes.length),
      ...comparisonFigures(comparison),
      figureEqual('workers that died', workers.ends().length, 0),
      ...conservationFigures(await sampler.stop()),
    ]
  })
}

interface Losing {
  readonly name: string
  readonly loss: Loss
  readonly tell: (line: string) => void
}

async function lose(installation: Installation, { name, loss, tell }: Losing): Promise<Figure[]> {
  const dispatched = await readDispatched(installation.postgres.url)
  const start = performance.now()
  await loss(installation.redis)
  const lost = (await withoutJob(installation, dispatched)).length
  let missing = lost
  while (missing > 0 && performance.now() - start < GIVEN_UP_AFTER_MS) {
    await sleep(50)
    missing = (await withoutJob(installation, dispatched)).length
  }
  const seconds = missing > 0 ? Infinity : (performance.now() - start) / 1_000
  tell(`${name}: ${lost} of ${dispatched.length} jobs lost, re-enqueued after ${seconds.toFixed(2)} s`)
  return [
    { name: `jobs lost by ${name}`, value: String(lost), goal: '≥ 1', holds: lost > 0 },
    figureAtMost('re-enqueued', seconds, REENQUEUED_WITHIN_S, 's'),
  ]
}

/** Of these, what is open and has no job. Asked again while the queue does not answer. */
async function withoutJob(
  installation: Installation,
  workIds: readonly string[],
): Promise<readonly string[]> {
  const { postgres, backends } = installation
  // The queue first: what ends in between is not open any more, and so is not taken for lost.
  const alive = await backends.queue.alive(workIds).catch(() => null)
  if (alive === null) {
    await sleep(20)
    return withoutJob(installation, workIds)
  }
  return readOpen(
    postgres.url,
    workIds.filter(workId => !alive.has(workId)),
  )
}

async function untilDispatched({ postgres }: Installation): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while ((await readDispatched(postgres.url)).length < JOBS_LOST) {
    if (performance.now() > end) throw new RangeError(`there were never ${JOBS_LOST} jobs to lose`)
    await sleep(50)
  }
}
