/** What a power cut takes away, and what it leaves. */
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { hasRedis, startRedis } from '../servers/redis.js'
import { watchSizes } from './power-cut.js'

describe('a power cut', () => {
  it('takes away what was written last, and leaves other files alone', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'power-'))
    const [log, other] = [path.join(directory, 'a.aof'), path.join(directory, 'other')]
    writeFileSync(log, 'old ')
    writeFileSync(other, 'old ')
    const line = watchSizes(directory, name => name.endsWith('.aof'))
    try {
      await sleep(300)
      for (const file of [log, other]) appendFileSync(file, 'new')
      writeFileSync(path.join(directory, 'b.aof'), 'younger than the cut')
      expect(line.cut(150)).toBe('new'.length + 'younger than the cut'.length)
      expect(readFileSync(log, 'utf8')).toBe('old ')
      expect(readFileSync(other, 'utf8')).toBe('old new')
    } finally {
      line.stop()
    }
  })

  it.skipIf(!hasRedis)('makes Redis forget what it has acknowledged, where a kill does not', async () => {
    const server = (await startRedis())!
    const line = watchSizes(server.directory, name => name.endsWith('.incr.aof'))
    const get = async (key: string): Promise<string | null> => {
      const redis = new Redis(server.url)
      try {
        return await redis.get(key)
      } finally {
        redis.disconnect()
      }
    }
    try {
      await server.cli('SET', 'early', '1')
      await sleep(1_200)
      await server.cli('SET', 'late', '1')
      await server.restart()
      expect([await get('early'), await get('late')]).toEqual(['1', '1'])
      await server.cli('SET', 'latest', '1')
      await server.kill9()
      expect(line.cut(1_000)).toBeGreaterThan(0)
      await server.restart()
      expect([await get('early'), await get('latest')]).toEqual(['1', null])
    } finally {
      line.stop()
      await server.stop()
    }
  })
})
