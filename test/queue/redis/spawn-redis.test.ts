/** `--redis spawn`: ready at once, on a socket that nobody else may use, with its data kept between runs. */
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { spawnRedis } from '../../../src/queue/redis/spawn-redis.js'
import { hasRedis } from '../../servers/redis.js'
import { openRedisQueue } from '../backends.js'

const newDirectory = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'c-')), 'redis')
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(!hasRedis)('a Redis of the installation’s own', () => {
  it('is ready in a moment, private, and keeps its jobs until the next start', async () => {
    const directory = newDirectory()
    const start = performance.now()
    let redis = await spawnRedis(directory)
    // 0.1 s on a machine that has nothing else to do.
    expect(performance.now() - start).toBeLessThan(2_000)
    try {
      expect(statSync(directory).mode & 0o777).toBe(0o700)
      expect(statSync(redis.url).mode & 0o077).toBe(0)
      let queue = openRedisQueue(redis.url)
      await queue.check()
      await queue.add([{ workId: 'kept', priority: 1 }])
      await queue.close()
      await redis.stop()
      expect(isRunning(redis.pid)).toBe(false)
      redis = await spawnRedis(directory)
      queue = openRedisQueue(redis.url)
      expect(await queue.counts()).toMatchObject({ waiting: 1 })
      await queue.close()
    } finally {
      await redis.stop()
    }
  })

  it('is taken over where its parent was killed, so that there are never two on one file', async () => {
    const directory = newDirectory()
    const first = await spawnRedis(directory)
    try {
      const second = await spawnRedis(directory)
      expect(second.pid).toBe(first.pid)
    } finally {
      await first.stop()
    }
    expect(isRunning(first.pid)).toBe(false)
  })
})

it('says so where no Redis is installed, and where the path is too long for a socket', async () => {
  await expect(spawnRedis(path.join(newDirectory(), 'x'.repeat(100)))).rejects.toMatchObject({
    code: 'usage',
  })
  vi.stubEnv('PATH', '/nowhere')
  await expect(spawnRedis(newDirectory())).rejects.toMatchObject({ code: 'queue-unavailable' })
})
