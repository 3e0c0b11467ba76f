/**
 * Whether queue and store answer: for `chartcode doctor`. Asks and changes nothing: no table is made, and an
 * embedded database is not opened, for another process may have it.
 */
import { existsSync } from 'node:fs'
import { readRedisAddress } from '../queue/redis/address.js'
import { createRedisQueue } from '../queue/redis/create-queue.js'
import { holderOf } from '../store/directory-lock.js'
import { openPostgres } from '../store/postgres/open-postgres.js'
import { ChartcodeError } from '../model/errors.js'
import { embeddedDirectory, type BackendSettings } from './backends.js'
import type { Advice } from './advice.js'

export interface BackendDiagnosis {
  readonly queue: string
  readonly store: string
  readonly advice: readonly Advice[]
}

interface Finding {
  readonly text: string
  readonly advice: readonly Advice[]
}

const PREFIX = 'chartcode'

export async function diagnoseBackends(settings: BackendSettings): Promise<BackendDiagnosis> {
  const store =
    settings.databaseUrl === undefined
      ? embedded(settings.dataDirectory)
      : await asked('PostgreSQL', () => askPostgres(settings.databaseUrl as string, settings))
  const queue =
    settings.redisUrl === undefined
      ? { text: `in the store's database (${store.text})`, advice: [] }
      : await asked('Redis', () => askRedis(settings.redisUrl as string, settings))
  return { queue: queue.text, store: store.text, advice: [...store.advice, ...queue.advice] }
}

function embedded(dataDirectory: string): Finding {
  const directory = embeddedDirectory(dataDirectory)
  if (!existsSync(directory)) return { text: 'embedded, not used yet', advice: [] }
  const holder = holderOf(directory)
  const text = holder === null ? 'embedded' : `embedded, held by process ${holder}`
  return { text: `${text}: ${directory}`, advice: [] }
}

async function askPostgres(url: string, { allowInsecure }: BackendSettings): Promise<string> {
  const database = openPostgres({ url, allowInsecure })
  try {
    await database.query('SELECT 1')
    return 'answers'
  } finally {
    await database.close()
  }
}

async function askRedis(url: string, { allowInsecure }: BackendSettings): Promise<string> {
  const queue = createRedisQueue({ address: readRedisAddress(url, { allowInsecure }), prefix: PREFIX })
  try {
    await queue.check()
    const { used, limit } = await queue.level()
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
    return limit === null
      ? `answers, ${megabytes(used)} used`
      : `answers, ${megabytes(used)} of ${megabytes(limit)}`
  } finally {
    await queue.close()
  }
}

async function asked(name: string, ask: () => Promise<string>): Promise<Finding> {
  try {
    return { text: `${name}: ${await ask()}`, advice: [] }
  } catch (error) {
    if (!(error instanceof ChartcodeError)) throw error
    const mend = `docs/errors.md, ${error.code}`
    return { text: `${name}: ${error.code}`, advice: [{ severity: 'error', what: error.message, mend }] }
  }
}
