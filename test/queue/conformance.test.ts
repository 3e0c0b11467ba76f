/**
 * One suite for the queue on every backend: what a worker and the dispatcher rely on, and that a job which
 * was not ended is given out again. The times are those of the port, and of R1 and R9 of the reliability goals.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Consumer, Queue, QueuedWork } from '../../src/queue/queue.js'
import { BACKENDS, type Backend, type BackendName } from './backends.js'
import { takeJobAndDie } from './consumer-process.js'
import { until } from './until.js'

const work = (...ids: readonly string[]): QueuedWork[] => ids.map(workId => ({ workId, priority: 2 }))
const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`)

describe.each(Object.keys(BACKENDS) as BackendName[])('the queue on %s', name => {
  let backend: Backend | null = null
  let queue: Queue
  const consumers: Consumer[] = []

  beforeAll(async () => {
    backend = await BACKENDS[name]()
    if (backend !== null) queue = await backend.open()
  })
  beforeEach(context => {
    if (backend === null) context.skip(`${name} is not installed`)
  })
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map(consumer => consumer.close(1_000)))
    await backend?.clear()
  })
  afterAll(async () => {
    if (backend !== null) await queue.close()
    await backend?.stop()
  })

  async function consume(
    handler: (workId: string) => Promise<void>,
    settings: { readonly concurrency?: number; readonly onStalled?: () => void } = {},
  ): Promise<{ readonly consumer: Consumer; readonly errors: string[] }> {
    const errors: string[] = []
    const onError = (code: string): unknown => errors.push(code)
    const consumer = await queue.consume({ concurrency: 1, ...settings, handler, onError })
    consumers.push(consumer)
    return { consumer, errors }
  }

  it('answers a check and counts nothing at first', async () => {
    await queue.check()
    expect(queue.backend).toBe(name)
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    expect((await queue.level()).used).toBeGreaterThan(0)
  })

  it('takes 1,200 jobs at once and knows which of 500 ids have one, in one question', async () => {
    const ids = numbered(1_200)
    await queue.add(work(...ids))
    expect(await queue.counts()).toEqual({ waiting: 1_200, active: 0, delayed: 0 })
    const asked = [...ids.slice(1_100), ...Array.from({ length: 400 }, (_, at) => `unknown${at}`)]
    expect(await queue.alive(asked)).toEqual(new Set(ids.slice(1_100)))
    expect(await queue.alive([])).toEqual(new Set())
    await queue.add([])
  })

  it('gives a job out once, however often it was added while it lived', async () => {
    await queue.add(work('same'))
    await queue.add(work('same', 'other', 'same'))
    const taken: string[] = []
    await consume(async workId => {
      taken.push(workId)
      await queue.add(work(workId))
    })
    await until(5_000, () => taken.length === 2)
    await sleep(100)
    expect(taken.sort()).toEqual(['other', 'same'])
  })

  it('takes a job again when the one before it has ended', async () => {
    const taken: string[] = []
    await consume(async workId => void taken.push(workId))
    await queue.add(work('again'))
    await until(5_000, async () => (await queue.alive(['again'])).size === 0)
    await queue.add(work('again'))
    await until(5_000, () => taken.length === 2)
  })

  it('gives out by priority, and in order within one', async () => {
    const added = [3, 1, 2, 3, 2, 1].map((priority, at) => ({ workId: `p${priority}-${at}`, priority }))
    await queue.add(added)
    const taken: string[] = []
    await consume(async workId => void taken.push(workId))
    await until(5_000, () => taken.length === 6)
    expect(taken).toEqual(['p1-1', 'p1-5', 'p2-2', 'p2-4', 'p3-0', 'p3-3'])
  })

  it('runs as many at once as were asked for, and leaves nothing behind', async () => {
    let running = 0
    let most = 0
    let ended = 0
    await queue.add(work(...numbered(40)))
    const { errors } = await consume(
      async () => {
        most = Math.max(most, ++running)
        await sleep(10)
        running--
        ended++
      },
      { concurrency: 4 },
    )
    await until(10_000, () => ended === 40)
    await until(1_000, async () => (await queue.counts()).active === 0)
    expect(most).toBe(4)
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    expect(errors).toEqual([])
  })

  it('counts a job that is worked on as active, and as alive', async () => {
    await queue.add(work('held'))
    let end = (): void => undefined
    await consume(() => new Promise<void>(resolve => (end = resolve)))
    await until(5_000, async () => (await queue.counts()).active === 1)
    expect(await queue.alive(['held'])).toEqual(new Set(['held']))
    end()
  })

  it('gives a job back that a handler rejected, after a pause, however often', async () => {
    await queue.add(work('lost-its-database'))
    const at: number[] = []
    const { errors } = await consume(async () => {
      at.push(Date.now())
      if (at.length < 3) throw new Error('a message that belongs to nobody')
    })
    await until(1_000, () => at.length === 1)
    await until(500, async () => (await queue.counts()).delayed === 1)
    expect(await queue.alive(['lost-its-database'])).toEqual(new Set(['lost-its-database']))
    await until(6_000, () => at.length === 3)
    await until(1_000, async () => (await queue.alive(['lost-its-database'])).size === 0)
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(900)
    expect(errors).toEqual([])
  })

  it('ends the jobs in hand before a consumer is closed, and takes no other', async () => {
    await queue.add(work('first', 'second'))
    const ended: string[] = []
    const { consumer } = await consume(async workId => {
      await sleep(300)
      ended.push(workId)
    })
    await until(5_000, async () => (await queue.counts()).active === 1)
    await consumer.close(5_000)
    expect(ended).toEqual(['first'])
    expect(await queue.alive(['first', 'second'])).toEqual(new Set(['second']))
  })

  it('closes a consumer at the limit, and puts back the job whose handler hangs', async () => {
    await queue.add(work('hangs'))
    const { consumer } = await consume(() => new Promise(() => undefined))
    await until(5_000, async () => (await queue.counts()).active === 1)
    const start = Date.now()
    await consumer.close(800)
    expect(Date.now() - start).toBeLessThan(900)
    const taken: string[] = []
    await consume(async workId => void taken.push(workId))
    await until(3_000, () => taken.length === 1)
  })

  it('gives the job of a killed process out again within 8 seconds', async () => {
    if (name === 'pglite') {
      // It belongs to one process at a time: the child has it first, with a job of its own.
      await queue.close()
      await backend!.restart()
    } else await queue.add(work('a1'))
    expect(await takeJobAndDie(name, backend!.address)).toBe('a1')
    if (name === 'pglite') queue = await backend!.open()
    await queue.check()
    const killed = Date.now()
    const taken: string[] = []
    let stalled = 0
    await consume(async workId => void taken.push(workId), { onStalled: () => stalled++ })
    await until(10_000, () => taken.length === 1)
    expect(taken).toEqual(['a1'])
    expect(stalled).toBe(1)
    expect(Date.now() - killed).toBeLessThan(8_000)
  })

  // PGlite lives and dies with this process.
  if (name !== 'pglite')
    it('answers and closes in time without its backend, and goes on when that is back', async () => {
      const { kill, restart } = backend!
      const taken: string[] = []
      const { errors } = await consume(async workId => void taken.push(workId))
      const other = (await consume(async workId => void taken.push(workId))).consumer
      await kill!()
      await sleep(300)
      const questions = {
        check: () => queue.check(),
        add: () => queue.add(work('x')),
        alive: () => queue.alive(['x']),
        counts: () => queue.counts(),
        level: () => queue.level(),
      }
      for (const [question, ask] of Object.entries(questions)) {
        const start = Date.now()
        await expect(ask(), question).rejects.toMatchObject({ code: 'queue-unavailable' })
        expect(Date.now() - start, question).toBeLessThan(2_500)
      }
      const start = Date.now()
      await other.close(1_000)
      expect(Date.now() - start).toBeLessThan(1_100)
      await restart()
      const resumed = await until(4_000, () =>
        queue.add(work('back')).then(
          () => true,
          () => false,
        ),
      )
      const took = await until(4_000, () => taken.includes('back'))
      expect(resumed + took).toBeLessThan(3_000)
      expect(new Set(errors)).toEqual(new Set(['queue-unavailable']))
    })
})
