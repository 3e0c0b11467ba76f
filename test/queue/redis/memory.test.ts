/** The memory of Redis: what a job takes, when the queue takes no more, and that it can be emptied then. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FULL_LEVEL, type QueuedWork } from '../../../src/queue/queue.js'
import { hasRedis, startRedis } from '../../servers/redis.js'
import { openRedisQueue } from '../backends.js'
import { until } from '../until.js'

/** Ids as long as the store's, which are 16 bytes in base64url. */
const work = (count: number, from = 0): QueuedWork[] =>
  Array.from({ length: count }, (_, at) => ({
    workId: (from + at).toString(16).padStart(22, '0'),
    priority: 1 + (at % 3),
  }))

describe.skipIf(!hasRedis)('the memory of Redis', () => {
  it('holds a queued job in 600 bytes or less', async () => {
    const server = (await startRedis({ conf: { appendonly: 'no' } }))!
    const queue = openRedisQueue(server.url)
    try {
      await queue.add(work(1_000))
      const before = await queue.level()
      expect(before.limit).toBeNull()
      await queue.add(work(20_000, 1_000))
      const bytes = ((await queue.level()).used - before.used) / 20_000
      process.stdout.write(`bytes of Redis a queued job: ${Math.round(bytes)}\n`)
      expect(bytes).toBeLessThanOrEqual(600)
    } finally {
      await queue.close()
      await server.stop()
    }
  })

  it('takes no more jobs at three quarters, and what was accepted can be worked off', async () => {
    const server = (await startRedis({ conf: { appendonly: 'no', maxmemory: '6mb' } }))!
    const queue = openRedisQueue(server.url)
    try {
      let accepted = 0
      let refusal: unknown
      while (refusal === undefined && accepted < 100_000)
        await queue.add(work(500, accepted)).then(
          () => (accepted += 500),
          (error: unknown) => (refusal = error),
        )
      expect(refusal).toMatchObject({ code: 'queue-full' })
      const { used, limit } = await queue.level()
      expect(used / limit!).toBeGreaterThanOrEqual(FULL_LEVEL)
      expect(used / limit!).toBeLessThan(FULL_LEVEL + 0.1)
      expect((await queue.counts()).waiting).toBe(accepted)
      let done = 0
      const handler = async (): Promise<void> => void done++
      const consumer = await queue.consume({ concurrency: 50, handler, onError: () => undefined })
      await until(30_000, () => done === accepted)
      await consumer.close(2_000)
      await queue.add(work(500))
    } finally {
      await queue.close()
      await server.stop()
    }
  })

  it('where others have filled it: says queue-full, does not ask in a loop, and goes on when there is room', async () => {
    const server = (await startRedis({ conf: { appendonly: 'no', maxmemory: '8mb' } }))!
    const queue = openRedisQueue(server.url)
    const others = 'for i = 1, 20000 do redis.pcall("ACTION", "other" .. i WITH) end'
    const fill = others.replace('ACTION', 'set').replace('WITH', ', string.rep("x", 1000)')
    const empty = others.replace('ACTION', 'del').replace('WITH', '')
    try {
      await queue.add(work(500))
      await server.cli('eval', fill, '0')
      await expect(queue.add(work(500, 500))).rejects.toMatchObject({ code: 'queue-full' })
      let done = 0
      const errors = new Map<string, number>()
      const consumer = await queue.consume({
        concurrency: 4,
        handler: async () => void done++,
        onError: (code, times) => errors.set(code, (errors.get(code) ?? 0) + times),
      })
      await sleep(2_000)
      await server.cli('eval', empty, '0')
      await until(5_000, () => done === 500)
      await consumer.close(1_000)
      expect([...errors.keys()]).toEqual(['queue-full'])
      // Without a rest after each there are thousands.
      expect(errors.get('queue-full')).toBeLessThan(30)
    } finally {
      await queue.close()
      await server.stop()
    }
  })
})
