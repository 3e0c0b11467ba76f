/**
 * Looks for canaries in all that a Redis server can be asked for: keys and values of every type in every
 * database, streams with their groups, SLOWLOG, its configuration, names of clients, channels and functions; and,
 * with its directory, in what it has written to disk.
 */
import { connect } from 'node:net'
import { Redis } from 'ioredis'
import type { Scanner } from './scan-bytes.js'
import { scanFiles, scanPlace, type PlacedHit } from './scan-files.js'

export interface RedisScan {
  readonly hits: readonly PlacedHit[]
  readonly keys: number
  /** Commands that this server does not know: what they would have shown was not looked at. */
  readonly notAnswered: readonly string[]
}

type Ask = (database: number, ...command: readonly string[]) => Promise<Buffer>

const SERVER_WIDE: readonly (readonly string[])[] = [
  ['SLOWLOG', 'GET', '-1'],
  ['CONFIG', 'GET', '*'],
  ['CLIENT', 'LIST'],
  ['ACL', 'LIST'],
  ['ACL', 'LOG'],
  ['PUBSUB', 'CHANNELS'],
  ['FUNCTION', 'LIST', 'WITHCODE'],
  ['LATENCY', 'LATEST'],
  ['INFO', 'everything'],
]

/** All of a value, and what belongs to it. A type that is not named here is looked at as DUMP writes it. */
const READERS: Readonly<Record<string, (key: string) => readonly (readonly string[])[]>> = {
  string: key => [['GET', key]],
  hash: key => [['HGETALL', key]],
  list: key => [['LRANGE', key, '0', '-1']],
  set: key => [['SMEMBERS', key]],
  zset: key => [['ZRANGE', key, '0', '-1', 'WITHSCORES']],
  stream: key => [
    ['XRANGE', key, '-', '+'],
    ['XINFO', 'STREAM', key, 'FULL'],
  ],
}

export async function scanRedis(scanner: Scanner, url: string, directory?: string): Promise<RedisScan> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null })
  const notAnswered: string[] = []
  let selected = 0
  const ask: Ask = async (database, ...[name = '', ...args]) => {
    if (database !== selected) await redis.select(database)
    selected = database
    try {
      return flatten(await redis.callBuffer(name, ...args))
    } catch {
      notAnswered.push([name, args[0] ?? ''].join(' '))
      return Buffer.alloc(0)
    }
  }
  try {
    const hits: PlacedHit[] = []
    let keys = 0
    for (const database of await databases(redis)) {
      const found = await scanDatabase(scanner, redis, ask, database)
      hits.push(...found.hits)
      keys += found.keys
    }
    for (const command of SERVER_WIDE)
      hits.push(...scanPlace(scanner, command.join(' '), await ask(0, ...command)))
    if (directory !== undefined) hits.push(...scanFiles(scanner, [directory]))
    return { hits, keys, notAnswered: [...new Set(notAnswered)] }
  } finally {
    redis.disconnect()
  }
}

async function databases(redis: Redis): Promise<number[]> {
  const keyspace = await redis.info('keyspace')
  return Array.from(keyspace.matchAll(/^db(\d+):/gm), match => Number(match[1]))
}

async function scanDatabase(
  scanner: Scanner,
  redis: Redis,
  ask: Ask,
  database: number,
): Promise<{ readonly hits: readonly PlacedHit[]; readonly keys: number }> {
  await ask(database, 'PING')
  const hits: PlacedHit[] = []
  let [cursor, keys] = ['0', 0]
  do {
    const [next, names] = await redis.scan(cursor, 'COUNT', 500)
    cursor = next
    for (const key of names) {
      keys++
      const type = await redis.type(key)
      hits.push(...scanPlace(scanner, `key of type ${type}`, Buffer.from(key)))
      for (const command of READERS[type]?.(key) ?? [['DUMP', key]])
        hits.push(...scanPlace(scanner, `${type} ${key}`, await ask(database, ...command)))
    }
  } while (cursor !== '0')
  return { hits, keys }
}

/** A line for each part of the answer, so that two parts do not look like one. */
function flatten(reply: unknown): Buffer {
  if (Buffer.isBuffer(reply)) return Buffer.concat([reply, Buffer.from('\n')])
  if (Array.isArray(reply)) return Buffer.concat(reply.map(flatten))
  return Buffer.from(typeof reply === 'string' || typeof reply === 'number' ? `${reply}\n` : '')
}

/** Everything that any client sends from now on, as MONITOR shows it. */
export async function captureMonitor(url: string): Promise<{ readonly stop: () => Promise<Buffer> }> {
  const { hostname, port, password } = new URL(url)
  const commands = ['MONITOR']
  if (password !== '') commands.unshift(`AUTH "${decodeURIComponent(password)}"`)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  const closed = new Promise<void>(resolve => socket.once('close', resolve))
  const isMonitoring = new Promise<void>(resolve => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      const answers = Buffer.concat(chunks).toString('latin1').split('\r\n').slice(0, commands.length)
      if (answers.some(answer => answer.startsWith('-'))) socket.destroy()
      if (answers.length === commands.length && answers.every(answer => answer === '+OK')) resolve()
    })
  })
  socket.on('error', () => {})
  for (const command of commands) socket.write(`${command}\r\n`)
  await Promise.race([isMonitoring, refused(closed)])
  return {
    stop: async () => {
      socket.end('QUIT\r\n')
      await closed
      return Buffer.concat(chunks)
    },
  }
}

async function refused(closed: Promise<void>): Promise<never> {
  await closed
  throw new TypeError('the server closed the connection before it could be watched')
}
