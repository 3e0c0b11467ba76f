/** What a check refuses and what it cannot reach: the code, within three seconds, and no secret in the message. */
import { describe, expect, it } from 'vitest'
import { judgeInfo } from '../../../src/queue/redis/check.js'
import { readInfo } from '../../../src/queue/redis/server-facts.js'
import type { ErrorCode } from '../../../src/model/errors.js'
import { freePort, hasRedis, startRedis } from '../../servers/redis.js'
import { openSilentPort } from '../../servers/silent-port.js'
import { openRedisQueue } from '../backends.js'

interface Row {
  readonly name: string
  readonly conf?: Readonly<Record<string, string>>
  /** What stands between `redis://` and the host. */
  readonly login?: string
  readonly code: ErrorCode | null
  readonly says?: string
}

const ACL = 'limited on >hush ~chartcode:* +@all -@dangerous +info'

const ROWS: readonly Row[] = [
  { name: 'noeviction', code: null },
  { name: 'a password', conf: { requirepass: 'hush' }, login: ':hush@', code: null },
  { name: 'a user limited to its prefix', conf: { user: ACL }, login: 'limited:hush@', code: null },
  {
    name: 'a wrong password',
    conf: { requirepass: 'hush' },
    login: ':shout@',
    code: 'queue-refused',
    says: 'WRONGPASS',
  },
  {
    name: 'no password where one is needed',
    conf: { requirepass: 'hush' },
    code: 'queue-refused',
    says: 'NOAUTH',
  },
  {
    name: 'a user without INFO',
    conf: { user: 'limited on >hush ~* +ping' },
    login: 'limited:hush@',
    code: 'queue-refused',
    says: 'NOPERM',
  },
  {
    name: 'allkeys-lru',
    conf: { 'maxmemory-policy': 'allkeys-lru' },
    code: 'queue-refused',
    says: 'noeviction',
  },
  {
    name: 'volatile-ttl',
    conf: { 'maxmemory-policy': 'volatile-ttl' },
    code: 'queue-refused',
    says: 'volatile-ttl',
  },
]

async function outcomeOf(url: string): Promise<{ code: unknown; message: string }> {
  const queue = openRedisQueue(url)
  const start = Date.now()
  try {
    await queue.check()
    return { code: null, message: '' }
  } catch (error) {
    const { code, message } = error as { code: unknown; message: string }
    return { code, message }
  } finally {
    expect(Date.now() - start).toBeLessThan(3_000)
    await queue.close()
  }
}

describe.skipIf(!hasRedis)('a check of Redis', () => {
  it.each(ROWS)('$name: $code', async ({ conf = {}, login = '', code, says = '' }) => {
    const server = (await startRedis({ conf }))!
    try {
      const outcome = await outcomeOf(`redis://${login}127.0.0.1:${server.port}`)
      expect(outcome).toEqual({ code, message: expect.stringContaining(says) as string })
      expect(outcome.message).not.toMatch(/hush|shout/)
    } finally {
      await server.stop()
    }
  })

  it('a user limited to its prefix can add, take and end jobs', async () => {
    const server = (await startRedis({ conf: { user: ACL } }))!
    const queue = openRedisQueue(`redis://limited:hush@127.0.0.1:${server.port}`)
    try {
      await queue.add([{ workId: 'a1', priority: 1 }])
      expect(await queue.alive(['a1'])).toEqual(new Set(['a1']))
      const taken = await new Promise<string>((resolve, reject) => {
        const handler = async (workId: string): Promise<void> => {
          resolve(workId)
        }
        queue.consume({ concurrency: 1, handler, onError: reject }).catch(reject)
      })
      expect(taken).toBe('a1')
    } finally {
      await queue.close()
      await server.stop()
    }
  })
})

it('a port where nothing listens is queue-unavailable', async () => {
  const outcome = await outcomeOf(`redis://:hush@127.0.0.1:${await freePort()}`)
  expect(outcome).toMatchObject({
    code: 'queue-unavailable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  })
})

it('every question to a port that never answers ends within 2.5 s, as does closing', async () => {
  const silent = await openSilentPort()
  const queue = openRedisQueue(`redis://127.0.0.1:${silent.port}`)
  const request = { concurrency: 1, handler: () => Promise.resolve(), onError: () => undefined }
  const questions = [
    () => queue.check(),
    () => queue.add([{ workId: 'a1', priority: 1 }]),
    () => queue.alive(['a1']),
    () => queue.counts(),
    () => queue.level(),
    () => queue.consume(request),
  ]
  try {
    // Again, as the connection is being made anew.
    for (const ask of [...questions, ...questions.slice(1, 3)]) {
      const start = Date.now()
      await expect(ask()).rejects.toMatchObject({ code: 'queue-unavailable' })
      expect(Date.now() - start).toBeLessThan(2_500)
    }
    const start = Date.now()
    await queue.close()
    expect(Date.now() - start).toBeLessThan(2_000)
  } finally {
    await silent.close()
  }
})

describe('the version of Redis', () => {
  it.each([
    ['5.0.14', false],
    ['6.0.20', false],
    ['6.2.0', true],
    ['7.0.15', true],
    ['10.1.0', true],
    ['', false],
  ])('%s is new enough: %s', (version, isNewEnough) => {
    const info = readInfo(`# Server\r\nredis_version:${version}\r\nmaxmemory_policy:noeviction\r\n`)
    const judge = expect(() => {
      judgeInfo(info, '127.0.0.1:6379')
    })
    if (isNewEnough) judge.not.toThrow()
    else judge.toThrow(expect.objectContaining({ code: 'queue-refused' }))
  })
})
