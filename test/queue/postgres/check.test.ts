/** What the queue in PostgreSQL refuses and what it cannot reach, and that a first failure is not remembered. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openQueue } from '../../../src/queue/open-queue.js'
import type { QueuePool } from '../../../src/queue/postgres/pool.js'
import { startPostgres, type PostgresServer } from '../../servers/postgres.js'
import { openSilentPort } from '../../servers/silent-port.js'
import { openPostgres } from '../../../src/store/postgres/open-postgres.js'

async function codeOfCheck(pool: QueuePool): Promise<unknown> {
  const start = Date.now()
  try {
    await openQueue({ database: { backend: 'postgres', pool } }).check()
    return null
  } catch (error) {
    expect((error as Error).message).not.toMatch(/hush/)
    return (error as { code: unknown }).code
  } finally {
    expect(Date.now() - start).toBeLessThan(3_000)
  }
}

async function codeOfCheckAt(url: URL): Promise<unknown> {
  const database = openPostgres({ url: url.href })
  return codeOfCheck(database.pool).finally(() => {
    // A connection to a port that never answers does not end by itself.
    void database.close().catch(() => undefined)
  })
}

describe('a check of PostgreSQL', () => {
  let server: PostgresServer | null = null

  beforeAll(async () => {
    server = await startPostgres()
  })
  beforeEach(context => {
    if (server === null) context.skip('PostgreSQL is not installed')
  })
  afterAll(() => server?.stop())

  it.each([
    ['with the right password', (url: URL) => url, null],
    ['with a wrong password', (url: URL) => Object.assign(url, { password: 'hush' }), 'queue-refused'],
    [
      'of a database that is not there',
      (url: URL) => Object.assign(url, { pathname: '/nothing' }),
      'queue-refused',
    ],
    ['where nothing listens', (url: URL) => Object.assign(url, { port: '1' }), 'queue-unavailable'],
  ])('%s: %s', async (_, change, code) => {
    expect(await codeOfCheckAt(change(new URL(server!.url)))).toBe(code)
  })

  it('refuses a pool that does not look names up in schema bullmq', async () => {
    const pool = new pg.Pool({ connectionString: server!.url })
    expect(await codeOfCheck(pool as unknown as QueuePool)).toBe('queue-refused')
    await pool.end()
  })

  it('forgets that PostgreSQL was gone at first', async () => {
    await server!.kill9()
    const database = openPostgres({ url: server!.url })
    const queue = openQueue({ database })
    const request = { concurrency: 1, handler: () => Promise.resolve(), onError: () => undefined }
    await expect(queue.check()).rejects.toMatchObject({ code: 'queue-unavailable' })
    await expect(queue.consume(request)).rejects.toMatchObject({ code: 'queue-unavailable' })
    await server!.restart()
    await queue.add([{ workId: 'a1', priority: 1 }])
    expect(await queue.counts()).toMatchObject({ waiting: 1 })
    await queue.close()
    await database.close()
  })
})

it('a port that never answers is queue-unavailable within three seconds', async () => {
  const silent = await openSilentPort()
  try {
    const url = new URL(`postgres://chartcode:hush@127.0.0.1:${silent.port}/postgres`)
    expect(await codeOfCheckAt(url)).toBe('queue-unavailable')
  } finally {
    await silent.close()
  }
})
