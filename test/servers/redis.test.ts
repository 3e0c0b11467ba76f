/** The private redis-server of the tests itself: it answers, dies, comes back with its data and goes away. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasRedis, startRedis } from './redis.js'

describe.skipIf(!hasRedis)('a private redis-server', () => {
  it('keeps what it acknowledged over a kill -9, and leaves nothing behind', async () => {
    const server = (await startRedis({ conf: { requirepass: 'a word' } }))!
    try {
      expect(await server.cli('set', 'key', 'value')).toBe('OK')
      const before = server.pid
      await server.kill9()
      await expect(server.cli('ping')).rejects.toThrow()
      await server.restart()
      expect(server.pid).not.toBe(before)
      expect(await server.cli('get', 'key')).toBe('value')
    } finally {
      await server.stop()
    }
    expect(existsSync(server.directory)).toBe(false)
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH')
  })
})
