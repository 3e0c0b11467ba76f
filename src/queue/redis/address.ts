/**
 * `redis://`, `rediss://` or the path of a unix socket → where to connect, and what may be shown of it.
 * Refused: Redis on another machine without TLS or without a password. Whoever reaches such a queue could
 * make every worker do its bidding, and the password itself would go over the network in the clear.
 */
import type { RedisOptions } from 'ioredis'
import { ChartcodeError } from '../../model/errors.js'

export interface RedisAddress {
  readonly options: Pick<RedisOptions, 'host' | 'port' | 'path' | 'username' | 'password' | 'db' | 'tls'>
  /** Without user and password, for messages. */
  readonly shown: string
}

const DEFAULT_PORT = 6379

export function readRedisAddress(url: string, { allowInsecure = false } = {}): RedisAddress {
  if (url.startsWith('/')) return { options: { path: url }, shown: url }
  const parsed = parse(url)
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  const port = parsed.port === '' ? DEFAULT_PORT : Number(parsed.port)
  const hasTls = parsed.protocol === 'rediss:'
  const shown = `${host}:${port}`
  if (!allowInsecure && !isLoopback(host) && (!hasTls || parsed.password === ''))
    throw new ChartcodeError(
      'queue-refused',
      `Redis at ${shown} is on another machine and needs TLS (rediss://) and a password`,
    )
  return { options: { host, port, ...credentials(parsed), ...(hasTls ? { tls: tlsOf(host) } : {}) }, shown }
}

function parse(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const isRedis = parsed?.protocol === 'redis:' || parsed?.protocol === 'rediss:'
  if (parsed === null || !isRedis || parsed.hostname === '' || !/^\/?\d*$/.test(parsed.pathname))
    // The address itself may hold a password.
    throw new ChartcodeError(
      'usage',
      'the address of Redis is not redis://HOST:PORT, rediss://HOST:PORT or /PATH/OF/SOCKET',
    )
  return parsed
}

function credentials(url: URL): Pick<RedisOptions, 'username' | 'password' | 'db'> {
  const database = url.pathname.slice(1)
  return {
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(database === '' ? {} : { db: Number(database) }),
  }
}

function tlsOf(host: string): NonNullable<RedisOptions['tls']> {
  return { servername: host, minVersion: 'TLSv1.2' }
}

/** 127.0.0.0/8, ::1 and the name that stands for them. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
