/**
 * R2: Redis is killed in the middle, again and again, once with an AOF that is written each second and once
 * with one that is written each time. When its port answers again, intake and each worker go on within
 * seconds, and nothing is lost or done twice.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAttempts, workerNames } from '../attempts.js'
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
import { startIntake, type SteadyIntake } from '../steady-intake.js'

const WORKERS = 4
const KILLS = 5
const KILLS_FULL = 20
/** RELIABILITY R2. */
const RESUMED_WITHIN_S = 3
/** One that has not resumed by then is not waited for. */
const GIVEN_UP_AFTER_MS = 15_000
const LIMIT_MS = 120_000

export const programme: Programme = {
  id: 'R2',
  title: 'Redis killed with SIGKILL: workers and intake go on by themselves',
  run: async context => {
    const figures: Figure[] = []
    for (const appendfsync of ['everysec', 'always']) {
      const directory = path.join(context.directory, appendfsync)
      mkdirSync(directory)
      const own = await runWith({ ...context, directory }, appendfsync)
      figures.push(...own.map(figure => ({ ...figure, name: `${appendfsync}: ${figure.name}` })))
    }
    return { figures }
  },
}

function runWith(context: ProgrammeContext, appendfsync: string): Promise<readonly Figure[]> {
  const request = { workers: WORKERS, redis: { conf: { appendfsync } } }
  const kills = context.isFull ? KILLS_FULL : KILLS
  return withInstallation(context, request, async installation => {
    const { workers, backends } = installation
    const { store } = backends
    const sampler = sampleConservation(store.counts)
    await untilReady(workers)
    const intake = startIntake(installation, context.random.fork())
    const outages: Outage[] = []
    for (let at = 0; at < kills; at++) {
      await sleep(context.random.between(300, 1_500))
      outages.push(await killRedis(installation, intake, context))
    }
    const { notes, accepted } = await intake.stop()
    const isDone = await untilDone(store, LIMIT_MS)
    const expected = await expectedResults(installation, notes)
    const comparison = await compareWithStore(store, installation, { accepted, expected })
    const attempts = await readAttempts(installation.postgres.url)
    context.tell(`${notes.length} notes, ${attempts.length - notes.length} were executed again`)
    return [
      figureEqual('notes done', isDone ? notes.length : 0, notes.length),
      ...comparisonFigures(comparison),
      figureEqual('kills', outages.length, kills),
      figureAtMost('workers resumed after', slowest(outages, 'workers'), RESUMED_WITHIN_S, 's'),
      figureAtMost('intake resumed after', slowest(outages, 'intake'), RESUMED_WITHIN_S, 's'),
      figureEqual('workers that died', workers.ends().length, 0),
      ...conservationFigures(await sampler.stop()),
    ]
  })
}

/** Seconds after the port answered again until all of them worked. */
interface Outage {
  readonly workers: number
  readonly intake: number
}

async function killRedis(
  installation: Installation,
  intake: SteadyIntake,
  { random, tell }: ProgrammeContext,
): Promise<Outage> {
  const { redis } = installation
  await redis.kill9()
  const killed = Date.now()
  await sleep(random.between(300, 2_000))
  await redis.restart()
  const answered = Date.now()
  const [workers, intakeAgain] = await Promise.all([
    lastWorkerAfter(installation, answered),
    intakeAfter(intake, answered),
  ])
  const seconds = { workers: (workers - answered) / 1_000, intake: (intakeAgain - answered) / 1_000 }
  tell(
    `down for ${answered - killed} ms; workers after ${seconds.workers.toFixed(2)} s, intake after ${seconds.intake.toFixed(2)} s`,
  )
  return seconds
}

/** When the last of the workers began its first piece of work since then. */
async function lastWorkerAfter({ postgres, workers }: Installation, since: number): Promise<number> {
  const names = [...workerNames(workers.files).values()]
  for (const end = Date.now() + GIVEN_UP_AFTER_MS; Date.now() < end; await sleep(50)) {
    const first = new Map<string, number>()
    for (const { worker, started } of await readAttempts(postgres.url, since))
      first.set(worker, Math.min(started, first.get(worker) ?? Infinity))
    if (names.every(name => first.has(name))) return Math.max(...first.values())
  }
  return Infinity
}

async function intakeAfter(intake: SteadyIntake, since: number): Promise<number> {
  for (const end = Date.now() + GIVEN_UP_AFTER_MS; Date.now() < end; await sleep(20)) {
    const turn = intake.turns().find(({ ended, isQueued }) => isQueued && ended > since)
    if (turn !== undefined) return turn.ended
  }
  return Infinity
}

function slowest(outages: readonly Outage[], who: keyof Outage): number {
  return Math.max(0, ...outages.map(outage => outage[who]))
}
