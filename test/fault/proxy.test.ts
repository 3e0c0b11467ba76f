/** The proxy in front of a server that answers each line with the same line in capitals. */
import { Redis } from 'ioredis'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, startRedis } from '../servers/redis.js'
import { startProxy, type NetworkConditions, type Proxy } from './proxy.js'
import { createRandom } from './random.js'

let heard: string[] = []
const server = createServer(socket => {
  let text = ''
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    heard.push(...lines)
    for (const line of lines) socket.write(`${line.toUpperCase()}\n`)
  })
})
let port = 0

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

async function withProxy<T>(
  conditions: Partial<NetworkConditions>,
  run: (proxy: Proxy) => Promise<T>,
): Promise<T> {
  heard = []
  const proxy = await startProxy({ port, host: '127.0.0.1' }, createRandom(1))
  try {
    await proxy.set(conditions)
    return await run(proxy)
  } finally {
    await proxy.close()
  }
}

/** The answer to one line, what went wrong instead, or `silence`. */
function ask(proxy: Proxy, line: string, patienceMs = 5_000): Promise<string> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
  socket.on('connect', () => socket.write(`${line}\n`))
  return answerOf(socket, patienceMs).finally(() => socket.destroy())
}

function answerOf(socket: Socket, patienceMs: number): Promise<string> {
  return new Promise(resolve => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.endsWith('\n')) resolve(text.trim())
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'error')
    })
    socket.on('end', () => {
      resolve('end')
    })
    setTimeout(resolve, patienceMs, 'silence').unref()
  })
}

describe('the proxy', () => {
  it('passes everything on while the network is clear', async () => {
    await withProxy({}, async proxy => {
      const long = 'x'.repeat(1_000_000)
      const answers = await Promise.all([ask(proxy, 'ping'), ask(proxy, long)])
      expect(answers).toEqual(['PING', long.toUpperCase()])
      expect(proxy.counts()).toMatchObject({ connections: 2, answerBytes: 1_000_006, resets: 0 })
    })
  })

  it.each([
    { title: 'resets', conditions: { resetChance: 1 }, answer: 'ECONNRESET', reached: [] },
    {
      title: 'swallows the answer only',
      conditions: { dropReplyChance: 1 },
      answer: 'ECONNRESET',
      reached: ['ping'],
    },
    { title: 'swallows the request', conditions: { hangChance: 1 }, answer: 'silence', reached: [] },
    { title: 'is a black hole', conditions: { isBlackhole: true }, answer: 'silence', reached: [] },
    { title: 'refuses', conditions: { isRefused: true }, answer: 'ECONNREFUSED', reached: [] },
  ])('$title', async ({ conditions, answer, reached }) => {
    await withProxy(conditions, async proxy => {
      expect(await ask(proxy, 'ping', 150)).toBe(answer)
      expect(heard).toEqual(reached)
    })
  })

  it.each([{ isBlackhole: true }, { isRefused: true }, { hangChance: 1 }, { resetChance: 1 }])(
    'answers again on the same port after %j',
    async conditions => {
      await withProxy(conditions, async proxy => {
        await ask(proxy, 'first', 50)
        await proxy.set({})
        expect(await ask(proxy, 'second')).toBe('SECOND')
      })
    },
  )

  it('passes on what waited in a black hole when it closes', async () => {
    await withProxy({ isBlackhole: true }, async proxy => {
      const answer = ask(proxy, 'ping')
      await new Promise(resolve => setTimeout(resolve, 50))
      expect(heard).toEqual([])
      await proxy.set({})
      expect(await answer).toBe('PING')
    })
  })

  it('resets open connections when it starts to refuse', async () => {
    await withProxy({ latencyMs: 10_000 }, async proxy => {
      const answer = ask(proxy, 'ping')
      while (proxy.counts().open === 0) await new Promise(resolve => setTimeout(resolve, 1))
      await proxy.set({ isRefused: true })
      expect(await answer).toBe('ECONNRESET')
      expect(proxy.counts().open).toBe(0)
    })
  })

  it('delays each way by the latency and its jitter, and keeps the order', async () => {
    await withProxy({ latencyMs: 40, jitterMs: 30 }, async proxy => {
      const start = performance.now()
      const socket = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
      let text = ''
      for (const line of ['a', 'b', 'c', 'd', 'e']) {
        socket.write(`${line}\n`)
        await new Promise(resolve => setTimeout(resolve, 3))
      }
      await new Promise<void>(resolve => {
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          if (text.length === 10) resolve()
        })
      })
      socket.destroy()
      expect(text).toBe('A\nB\nC\nD\nE\n')
      // Twice the shortest latency at least; the longest is left to the machine.
      expect(performance.now() - start).toBeGreaterThan(20)
    })
  })

  it('cuts what it passes on into single bytes', async () => {
    await withProxy({ chunkBytes: 1 }, async proxy => {
      const socket = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
      let chunks = 0
      socket.on('data', () => chunks++)
      const line = 'abcdefghij'.repeat(20)
      socket.write(`${line}\n`)
      expect(await answerOf(socket, 10_000)).toBe(line.toUpperCase())
      socket.destroy()
      // The kernel joins some of them again; one chunk would mean that none was cut.
      expect(chunks).toBeGreaterThan(10)
    })
  })

  it('strikes by chance about as often as it is told to', async () => {
    await withProxy({ dropReplyChance: 0.3 }, async proxy => {
      const answers: string[] = []
      for (let at = 0; at < 150; at++) answers.push(await ask(proxy, `line ${at}`))
      const lost = answers.filter(answer => answer === 'ECONNRESET').length
      // 45 expected, standard deviation 5.6.
      expect(lost).toBeGreaterThan(20)
      expect(lost).toBeLessThan(70)
      expect(proxy.counts()).toMatchObject({ resets: lost, swallowed: lost })
      expect(heard).toHaveLength(150)
    })
  })

  it('has nothing behind it that is not there', async () => {
    const dead = await startProxy({ port: 1, host: '127.0.0.1' }, createRandom(1))
    try {
      expect(await ask(dead, 'ping')).toBe('ECONNRESET')
    } finally {
      await dead.close()
    }
  })
})

describe.skipIf(!hasRedis)('a Redis behind the proxy', () => {
  it('has counted what the client was told nothing about', async () => {
    const redis = (await startRedis())!
    const proxy = await startProxy({ port: redis.port, host: '127.0.0.1' }, createRandom(4))
    const client = new Redis({ port: proxy.port, maxRetriesPerRequest: 0, retryStrategy: () => 5 })
    client.on('error', () => {})
    try {
      await client.set('count', 0)
      await proxy.set({ dropReplyChance: 1 })
      await expect(client.incr('count')).rejects.toThrow()
      await proxy.set({ chunkBytes: 1, latencyMs: 3, jitterMs: 3 })
      const patient = new Redis({ port: proxy.port })
      expect(await patient.get('count')).toBe('1')
      await patient.set('long', 'x'.repeat(5_000))
      expect(await patient.strlen('long')).toBe(5_000)
      patient.disconnect()
    } finally {
      client.disconnect()
      await proxy.close()
      await redis.stop()
    }
  })
})
