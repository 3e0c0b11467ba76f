/**
 * A whole installation for a programme: Redis, PostgreSQL, a data directory, worker processes that are kept
 * running, and the store as a producer sees it. All of it private to the programme and gone at its end.
 */
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findDictionaries, type Dictionaries } from '../../src/app/dictionaries.js'
import { openBackends, type Backends, type BackendSettings } from '../../src/app/backends.js'
import { assembleChunk } from '../../src/app/coding/assemble-chunk.js'
import { openPool } from '../../src/app/coding/open-pool.js'
import { NOTE_STRIDE } from '../../src/app/coding/outcome.js'
import { NOTE_LIMITS } from '../../src/app/coding/worker-pool.js'
import { workerFile } from '../../src/app/coding/worker-file.js'
import { acceptNotes } from '../../src/app/work/accept-notes.js'
import { describePipeline, pipelineKey, type WorkPipeline } from '../../src/app/work/work-pipeline.js'
import type { Note } from '../../src/model/note.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { PRIORITIES, type Store } from '../../src/store/store.js'
import { startPostgres, type PostgresServer } from '../servers/postgres.js'
import { startRedis, type RedisOptions, type RedisServer } from '../servers/redis.js'
import { PROGRAM } from './command.js'
import { compareResults, sha256Of, type Comparison } from './oracle.js'
import { MissingPart, present, type ProgrammeContext } from './programme.js'
import { startProcesses, type ProcessCommand, type Supervisor } from './supervisor.js'

/** The built command line. */
export interface InstallationRequest {
  readonly workers: number
  /** Threads a worker. */
  readonly jobs?: number
  readonly redis?: RedisOptions
  /** Settings of postgresql.conf. */
  readonly postgres?: Readonly<Record<string, string>>
  /** Further words of `chartcode worker`. */
  readonly words?: readonly string[]
  /** Exchanges the worker's command line; tests with poison have an entry of their own. */
  readonly command?: (words: readonly string[], slot: number) => ProcessCommand
  /** What the workers are told instead of the servers' own addresses: those of proxies. */
  readonly urls?: (servers: Servers) => Promise<Partial<Urls>>
}

export interface Servers {
  readonly redis: RedisServer
  readonly postgres: PostgresServer
}

export interface Urls {
  readonly redisUrl: string
  readonly databaseUrl: string
}

export interface Installation extends Servers {
  readonly dataDirectory: string
  readonly dictionaries: Dictionaries
  readonly pipeline: WorkPipeline
  /** As a producer has them: straight to the servers. */
  readonly backends: Backends
  readonly workers: Supervisor
  /** Environment of a further process of this installation. */
  readonly env: Readonly<Record<string, string>>
}

export async function withInstallation<T>(
  context: ProgrammeContext,
  request: InstallationRequest,
  run: (installation: Installation) => Promise<T>,
): Promise<T> {
  if (!existsSync(PROGRAM)) throw new MissingPart('dist (npm run build)')
  const redis = present(await startRedis(request.redis), 'redis-server')
  try {
    const postgres = present(await startPostgres(request.postgres), 'PostgreSQL')
    try {
      return await withWorkers(context, request, { redis, postgres }, run)
    } finally {
      await postgres.stop()
    }
  } finally {
    await redis.stop()
  }
}

async function withWorkers<T>(
  { directory }: ProgrammeContext,
  request: InstallationRequest,
  servers: Servers,
  run: (installation: Installation) => Promise<T>,
): Promise<T> {
  const dataDirectory = path.join(directory, 'data')
  const own = { redisUrl: servers.redis.url, databaseUrl: servers.postgres.url }
  const told: Urls = { ...own, ...(await request.urls?.(servers)) }
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    CHARTCODE_DATA_DIR: dataDirectory,
    REDIS_URL: told.redisUrl,
    DATABASE_URL: told.databaseUrl,
  }
  const dictionaries = await findDictionaries({ dataDirectory })
  const backends = await openBackends(settingsOf(own, dataDirectory))
  const logs = path.join(directory, 'workers')
  mkdirSync(logs, { recursive: true })
  const words = ['worker', '--jobs', String(request.jobs ?? 1), ...(request.words ?? [])]
  const command = request.command ?? programOf
  const workers = startProcesses({
    count: request.workers,
    command: slot => ({ ...command(words, slot), env }),
    directory: logs,
  })
  const job = { format: 'ndjson', task: { options: DEFAULT_OPTIONS } } as const
  const pipeline = describePipeline(dictionaries, job)
  try {
    return await run({ ...servers, dataDirectory, dictionaries, pipeline, backends, workers, env })
  } finally {
    await workers.stop()
    await backends.close().catch(() => undefined)
  }
}

export function settingsOf(urls: Urls, dataDirectory: string): BackendSettings {
  return { ...urls, spawnRedis: false, allowInsecure: false, dataDirectory }
}

function programOf(words: readonly string[]): ProcessCommand {
  return { file: process.execPath, args: [PROGRAM, ...words] }
}

/** Accepted notes: id of the store → the caller's id. */
export type Accepted = Map<string, string>

const PAGE = 200

export async function acceptAll(
  { pipeline }: Pick<Installation, 'pipeline'>,
  store: Pick<Store, 'acceptNotes' | 'definePipeline'>,
  notes: readonly Note[],
  pageSize = PAGE,
): Promise<Accepted> {
  const accepted: Accepted = new Map()
  for (let at = 0; at < notes.length; at += pageSize) {
    const page = notes.slice(at, at + pageSize)
    const answer = await acceptNotes({ store, pipeline, priority: PRIORITIES.routine, notes: page })
    answer.forEach(({ noteId }, i) => accepted.set(noteId, page[i]?.id ?? ''))
  }
  return accepted
}

/** Until nothing is open; false where that took longer than allowed. A store that does not answer is asked again. */
export async function untilDone(store: Pick<Store, 'hasOpen'>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if ((await store.hasOpen().catch(() => true)) === false) return true
    await sleep(100)
  }
  return false
}

/** The caller's id → SHA-256 of its result in a process without queue, store and faults. */
export async function expectedResults(
  { dictionaries, pipeline }: Pick<Installation, 'dictionaries' | 'pipeline'>,
  notes: readonly Note[],
): Promise<Map<string, string>> {
  const pool = openPool({
    dictionaries,
    workerFile: workerFile('detect-worker'),
    jobs: 2,
    limits: NOTE_LIMITS,
    onDeath: () => undefined,
  })
  const expected = new Map<string, string>()
  try {
    for (let at = 0; at < notes.length; at += PAGE) {
      const page = notes.slice(at, at + PAGE)
      const raws = page.map(note => ({
        source: '',
        raw: { kind: 'json' as const, line: 1, bytes: Buffer.from(JSON.stringify(note), 'utf8') },
      }))
      const { results, notes: account } = await pool.code(assembleChunk(0, raws), pipeline.job)
      let start = 0
      page.forEach(({ id }, i) => {
        const end = start + (account[i * NOTE_STRIDE + 1] as number)
        expected.set(id, sha256Of(results.subarray(start, end)))
        start = end
      })
    }
  } finally {
    await pool.close()
  }
  return expected
}

/** What the store holds in the end, beside what it should. */
export async function compareWithStore(
  store: Store,
  { pipeline }: Pick<Installation, 'pipeline'>,
  {
    accepted,
    expected,
  }: { readonly accepted: Accepted; readonly expected: ReadonlyMap<string, string | null> },
): Promise<Comparison> {
  const results: { id: string; sha256: string }[] = []
  for (let after: string | undefined; ;) {
    const page = await store.results({
      pipeline: pipelineKey(pipeline),
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
    })
    for (const { noteId, result } of page)
      results.push({ id: accepted.get(noteId) ?? noteId, sha256: sha256Of(result) })
    after = page.at(-1)?.noteId
    if (page.length < PAGE || after === undefined) break
  }
  return compareResults({ expected, results, quarantined: await quarantinedIds(store) })
}

async function quarantinedIds(store: Store): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | undefined; ;) {
    const page = await store.quarantined({ ...(after === undefined ? {} : { after }), limit: PAGE })
    ids.push(...page.map(({ externalId, quarantineId }) => externalId ?? quarantineId))
    after = page.at(-1)?.quarantineId
    if (page.length < PAGE || after === undefined) return ids
  }
}
