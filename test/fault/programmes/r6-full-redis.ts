/**
 * R6: Redis may use so much memory and no more. A policy that throws work away is refused at the start; at three
 * quarters nothing more is accepted; and what was accepted is worked off although others fill Redis to 95 %.
 */
import path from 'node:path'
import { mkdirSync } from 'node:fs'
import { dispatch } from '../../../src/app/work/dispatch.js'
import { createIntakeGate, type IntakeGate } from '../../../src/app/work/intake-gate.js'
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Note } from '../../../src/model/note.js'
import { FULL_LEVEL } from '../../../src/queue/queue.js'
import { errorCodeOf, PROGRAM, runCommand } from '../command.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Accepted,
  type Installation,
} from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { comparisonFigures } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { untilTrue } from '../progress.js'
import { withProcesses } from '../supervisor.js'

const EVICTING = [
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
]

/** In the ordinary form, others have filled most of a small Redis, so that it takes few notes to fill the rest. */
const ORDINARY = { maxmemory: '16mb', filled: 0.7, notes: 6_000 }
const FULL = { maxmemory: '64mb', filled: 0, notes: 200_000 }
const NEARLY_FULL = 0.95
const PAGE = 200
const BALLAST_BYTES = 2_000

export const programme: Programme = {
  id: 'R6',
  title: 'a Redis that fills up: refused in time, and worked off',
  run: context => {
    const size = context.isFull ? FULL : ORDINARY
    const redis = { conf: { maxmemory: size.maxmemory } }
    return withInstallation(context, { workers: 0, redis }, async installation => ({
      figures: [
        ...(await refusePolicies(installation)),
        ...(await fillAndDrain(installation, context, size)),
      ],
    }))
  },
}

async function refusePolicies({ redis, backends, env }: Installation): Promise<Figure[]> {
  let refused = 0
  for (const policy of EVICTING) {
    await redis.cli('config', 'set', 'maxmemory-policy', policy)
    refused += (await codeOf(backends.queue.check())) === 'queue-refused' ? 1 : 0
  }
  const worker = await runCommand(['worker'], { env })
  await redis.cli('config', 'set', 'maxmemory-policy', 'noeviction')
  await backends.queue.check()
  const isRefused = worker.code === 1 && errorCodeOf(worker) === 'queue-refused'
  return [
    figureEqual('policies refused', refused, EVICTING.length),
    figureEqual('worker refused', isRefused ? 1 : 0, 1),
  ]
}

async function fillAndDrain(
  installation: Installation,
  { random, directory, tell }: ProgrammeContext,
  size: typeof FULL,
): Promise<Figure[]> {
  const { backends, env, redis } = installation
  const { store, queue } = backends
  await fillTo(installation, size.filled)
  const notes = inventNotes(size.notes, random)
  const gate = createIntakeGate(queue)
  const before = await queue.level()
  const accepted: Accepted = new Map()
  for (let at = 0; (await admits(gate)) && at < notes.length; at += PAGE)
    await acceptPage(installation, notes.slice(at, at + PAGE), accepted)
  const level = await queue.level()
  const jobs = (await queue.counts()).waiting
  tell(`${accepted.size} notes accepted, ${jobs} jobs, Redis at ${percent(level)} %`)
  const late = await submitOne(env)
  const kept = (await store.counts()).accepted
  await fillTo(installation, NEARLY_FULL)
  const from = percent(await queue.level())
  const logs = path.join(directory, 'drain')
  mkdirSync(logs)
  const command = { file: process.execPath, args: [PROGRAM, 'worker', '--jobs', '1'], env }
  return withProcesses({ count: 2, command: () => command, directory: logs }, async () => {
    const isDrained = await untilTrue(async () => (await store.counts()).done >= jobs, limitFor(jobs))
    const drained = (await store.counts()).done
    await redis.cli('eval', EMPTY, '0')
    const isDone = await untilDone(store, limitFor(accepted.size))
    const expected = await expectedResults(installation, notes.slice(0, accepted.size))
    return [
      figureAtMost('bytes a queued note', (level.used - before.used) / jobs, 600),
      figureAtLeast('refused at', percent(level), FULL_LEVEL * 100, '%'),
      figureAtMost('and not later than', percent(level), FULL_LEVEL * 100 + 5, '%'),
      figureEqual('submit refused', late === 'queue-full' ? 1 : 0, 1),
      figureEqual('accepted of what was refused', kept - accepted.size, 0),
      figureAtLeast('drained from', from, NEARLY_FULL * 100 - 1, '%'),
      figureAtLeast('drained', isDrained ? drained : 0, jobs),
      figureEqual('all done', isDone ? 1 : 0, 1),
      ...comparisonFigures(await compareWithStore(store, installation, { accepted, expected })),
    ]
  })
}

async function acceptPage(
  installation: Installation,
  page: readonly Note[],
  accepted: Accepted,
): Promise<void> {
  const { store } = installation.backends
  for (const [noteId, id] of await acceptAll(installation, store, page)) accepted.set(noteId, id)
  // Not only a window of it: the queue is to be full.
  const code = await codeOf(dispatch(installation.backends, Infinity))
  if (code !== null && code !== 'queue-full') throw new TypeError(`the queue could not be filled: ${code}`)
}

async function admits(gate: IntakeGate): Promise<boolean> {
  return (await codeOf(gate.admit())) === null
}

async function submitOne(env: Installation['env']): Promise<string> {
  const input = `${JSON.stringify({ id: 'MRN-late', text: 'Assessment: migraine.' })}\n`
  const end = await runCommand(['submit', '-'], { env, input })
  return end.code === 1 && end.out === '' ? errorCodeOf(end) : 'none'
}

const BALLAST = `for i = 1, ARGV[1] do redis.pcall('set', 'other:' .. ARGV[2] .. ':' .. i, string.rep('x', ${BALLAST_BYTES})) end`
const EMPTY = `for _, key in ipairs(redis.call('keys', 'other:*')) do redis.call('del', key) end`

/** Keys of somebody else, until Redis is as full as this. */
async function fillTo({ redis, backends }: Installation, share: number): Promise<void> {
  for (let round = 0; ; round++) {
    const { used, limit } = await backends.queue.level()
    // A little is kept for what the table of keys takes when it grows.
    const missing = Math.floor(((limit ?? 0) * share - used) / (BALLAST_BYTES * 1.4))
    if (missing <= 0) return
    await redis.cli('eval', BALLAST, '0', String(missing), `${share}-${round}`)
  }
}

async function codeOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call
    return null
  } catch (error) {
    if (error instanceof ChartcodeError) return error.code
    throw error
  }
}

function percent({ used, limit }: { readonly used: number; readonly limit: number | null }): number {
  return Math.round((1_000 * used) / (limit ?? 1)) / 10
}

/** Twenty notes a second is a hundredth of what a calm machine does. */
function limitFor(notes: number): number {
  return 20_000 + notes * 50
}

function figureAtLeast(name: string, value: number, goal: number, unit = ''): Figure {
  const figure = figureAtMost(name, value, goal, unit)
  return { ...figure, goal: figure.goal.replace('≤', '≥'), holds: value >= goal }
}
