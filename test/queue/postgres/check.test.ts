/** What the queue in PostgreSQL refuses and what it cannot reach, and that a first failure is not remembered. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openQueue } from '../../../src/queue/open-queue.js'
import type { QueuePool } from '../../../src/queue/postgres/pool.js'
import type { Queue } from '../../../src/queue/queue.js'
import { startPostgres, type PostgresServer } from '../../servers/postgres.js'
import { openSilentPort } from '../../servers/silent-port.js'
import { openPostgresPool } from '../backends.js'

const queueOver = (pool: pg.Pool): Queue =>
  openQueue({ database: { backend: 'postgres', pool: pool as unknown as QueuePool } })

async function codeOfCheck(pool: pg.Pool): Promise<unknown> {
  const start = Date.now()
  try {
    await queueOver(pool).check()
    return null
  } catch (error) {
    expect((error as Error).message).not.toMatch(/hush/)
    return (error as { code: unknown }).code
  } finally {
    expect(Date.now() - start).toBeLessThan(3_000)
    // A connection to a port that never answers does not end by itself.
    void pool.end().catch(() => undefined)
  }
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
    expect(await codeOfCheck(openPostgresPool(change(new URL(server!.url)).href))).toBe(code)
  })

  it('refuses a pool that does not look names up in schema bullmq', async () => {
    expect(await codeOfCheck(new pg.Pool({ connectionString: server!.url }))).toBe('queue-refused')
  })

  it('forgets that PostgreSQL was gone at first', async () => {
    await server!.kill9()
    const pool = openPostgresPool(server!.url)
    const queue = queueOver(pool)
    const request = { concurrency: 1, handler: () => Promise.resolve(), onError: () => undefined }
    await expect(queue.check()).rejects.toMatchObject({ code: 'queue-unavailable' })
    await expect(queue.consume(request)).rejects.toMatchObject({ code: 'queue-unavailable' })
    await server!.restart()
    await queue.add([{ workId: 'a1', priority: 1 }])
    expect(await queue.counts()).toMatchObject({ waiting: 1 })
    await queue.close()
    await pool.end()
  })
})

it('a port that never answers is queue-unavailable within three seconds', async () => {
  const silent = await openSilentPort()
  try {
    const url = `postgres://chartcode:hush@127.0.0.1:${silent.port}/postgres`
    expect(await codeOfCheck(openPostgresPool(url))).toBe('queue-unavailable')
  } finally {
    await silent.close()
  }
})
