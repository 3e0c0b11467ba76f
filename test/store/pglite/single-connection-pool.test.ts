/**
 * The pool over the embedded database's one connection: a transaction has it to itself, clients may be kept,
 * and BullMQ runs on it while the store does.
 */
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { ChartcodeError } from '../../../src/model/errors.js'
import { acceptOne, noteOf, openOnPglite, type DatabaseUnderTest } from '../store-under-test.js'

const opened = await openOnPglite()

describe.skipIf(opened === null)('the pool of an embedded database', () => {
  const { database, store } = opened ?? ({} as DatabaseUnderTest)
  afterAll(() => opened?.stop())

  it('lets nobody see a transaction before its end', async () => {
    await database.query('CREATE TABLE seen (value integer)')
    const order: string[] = []
    let count: Promise<number | undefined> | undefined
    const read = async (): Promise<number | undefined> => {
      const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM seen')
      order.push('reader')
      return rows[0]?.count
    }
    await database.transaction(async session => {
      await session.query('INSERT INTO seen VALUES (1)')
      count = read()
      await sleep(30)
      await session.query('INSERT INTO seen VALUES (2)')
      order.push('transaction')
    })
    expect(await count).toBe(2)
    expect(order).toEqual(['transaction', 'reader'])
  })

  it('undoes a transaction that fails, whoever made it fail, and goes on', async () => {
    const broken = new ChartcodeError('key-conflict', 'so that it fails')
    const ours = database.transaction(async session => {
      await session.query('INSERT INTO seen VALUES (3)')
      throw broken
    })
    await expect(ours).rejects.toBe(broken)
    const theirs = database.transaction(async session => {
      await session.query('INSERT INTO seen VALUES (4)')
      await session.query('SELECT 1 / 0')
    })
    await expect(theirs).rejects.toMatchObject({ code: 'store-refused' })
    const { rows } = await database.query('SELECT value FROM seen ORDER BY value')
    expect(rows).toEqual([{ value: 1 }, { value: 2 }])
  })

  it('undoes a transaction whose client is given back in the middle', async () => {
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query('INSERT INTO seen VALUES (5)')
    client.release()
    const { rows } = await database.query('SELECT value FROM seen WHERE value = 5')
    expect(rows).toEqual([])
  })

  it('answers in the shapes of pg', async () => {
    const { rows } = await database.pool.query(
      `SELECT 5::bigint AS big, '{"a":1}'::jsonb AS json, '\\x00ff'::bytea AS bytes, now() AS time, NULL AS nothing`,
    )
    const [row] = rows
    expect(row).toMatchObject({ big: '5', json: { a: 1 }, bytes: new Uint8Array([0, 255]), nothing: null })
    expect(row?.['time']).toBeInstanceOf(Date)
  })

  it('passes on a SQLSTATE, and nothing that a database says about rows', async () => {
    await database.query('CREATE TABLE named (name text PRIMARY KEY)')
    await database.query('INSERT INTO named VALUES ($1)', ['MRN-4711'])
    const error = await database.pool
      .query('INSERT INTO named VALUES ($1)', ['MRN-4711'])
      .catch((failure: unknown) => failure as Error)
    expect(error).toMatchObject({ code: '23505', detail: undefined })
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('4711')
  })

  it('runs a queue: jobs wake a waiting worker and are all done, while notes are accepted', async () => {
    const client = await database.pool.connect()
    await runMigrations(client)
    client.release()
    const connection = database.pool
    const queue = new Queue('work', { connection }, createPostgresBackend)
    const done: string[] = []
    const work = async (job: { id?: string }): Promise<void> => {
      done.push(job.id ?? '')
    }
    const worker = new Worker(
      'work',
      work,
      { connection, drainDelay: 30, concurrency: 4 },
      createPostgresBackend,
    )
    worker.on('error', () => undefined)
    await worker.waitUntilReady()
    // The worker finds nothing and waits to be notified: its next look by itself is 30 s away.
    await sleep(300)
    const started = performance.now()
    await queue.add('work', {}, { jobId: 'w-first' })
    while (!done.includes('w-first')) await sleep(5)
    expect(performance.now() - started).toBeLessThan(3000)

    const ids = Array.from({ length: 100 }, (_, i) => `w-${i}a`)
    const jobs = queue.addBulk(ids.map(jobId => ({ name: 'work', data: {}, opts: { jobId } })))
    const notes = Promise.all(ids.map(id => acceptOne(store, noteOf(id))))
    await Promise.all([jobs, notes])
    while (done.length < 101) await sleep(10)
    expect(done.toSorted()).toEqual(['w-first', ...ids].sort())
    expect(await store.counts()).toMatchObject({ accepted: 100 })
    await worker.close()
    await queue.close()
  })
})
