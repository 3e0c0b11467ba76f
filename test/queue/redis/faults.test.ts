/**
 * Redis is killed, or loses everything, in the middle of 2,000 jobs; and nothing stalls where nothing is
 * wrong. Here stands what the queue alone can promise: what was lost is put in again by the reconciler.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { QueuedWork } from '../../../src/queue/queue.js'
import { hasRedis, startRedis, type RedisServer } from '../../servers/redis.js'
import { openRedisQueue } from '../backends.js'
import { until } from '../until.js'

const work = (count: number): QueuedWork[] =>
  Array.from({ length: count }, (_, at) => ({ workId: `n${at}`, priority: 2 }))

async function startConsumer(server: RedisServer, milliseconds: number) {
  const queue = openRedisQueue(server.url)
  const ended = new Map<string, number>()
  const errors = new Map<string, number>()
  let stalled = 0
  const consumer = await queue.consume({
    concurrency: 8,
    handler: async workId => {
      if (milliseconds > 0) await sleep(milliseconds)
      ended.set(workId, (ended.get(workId) ?? 0) + 1)
    },
    onError: (code, times) => errors.set(code, (errors.get(code) ?? 0) + times),
    onStalled: () => stalled++,
  })
  const stop = async (): Promise<void> => {
    await consumer.close(2_000)
    await queue.close()
    await server.stop()
  }
  return { queue, ended, errors, stop, stalled: () => stalled }
}

describe.skipIf(!hasRedis)('a consumer', () => {
  it('resumes within 3 s after Redis was killed and answers again, and ends every job', async () => {
    const server = (await startRedis({ conf: { appendfsync: 'always' } }))!
    const { queue, ended, errors, stop } = await startConsumer(server, 5)
    try {
      await queue.add(work(2_000))
      await until(10_000, () => ended.size >= 500)
      await server.kill9()
      await sleep(3_000)
      const before = ended.size
      await server.restart()
      const resumed = await until(3_000, () => ended.size > before + 8)
      await until(20_000, () => ended.size === 2_000)
      const twice = [...ended.values()].filter(times => times > 1).length
      process.stdout.write(`resumed after ${resumed} ms; ${twice} of 2,000 jobs ran twice\n`)
      expect(twice).toBeLessThanOrEqual(16)
      expect([...errors.keys()]).toContain('queue-unavailable')
      await until(10_000, async () => (await queue.counts()).active === 0)
      expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    } finally {
      await stop()
    }
  })

  it('goes on after FLUSHALL, with what is put in again', async () => {
    const server = (await startRedis())!
    const { queue, ended, stop } = await startConsumer(server, 5)
    try {
      await queue.add(work(2_000))
      await until(10_000, () => ended.size >= 200)
      await server.cli('flushall')
      const missing = work(2_000).filter(({ workId }) => !ended.has(workId))
      expect((await queue.alive(missing.map(({ workId }) => workId))).size).toBeLessThanOrEqual(8)
      await queue.add(missing)
      await until(20_000, () => ended.size === 2_000)
    } finally {
      await stop()
    }
  })

  it('stalls no job of 5,000 quick ones, and meets no error', async () => {
    const server = (await startRedis())!
    const { queue, ended, errors, stop, stalled } = await startConsumer(server, 0)
    try {
      await queue.add(work(5_000))
      await until(30_000, () => ended.size === 5_000)
      expect([...ended.values()].every(times => times === 1)).toBe(true)
      expect(stalled()).toBe(0)
      expect([...errors]).toEqual([])
    } finally {
      await stop()
    }
  })
})
