/** Options that say where queue and store are. The plain names `REDIS_URL` and `DATABASE_URL` are known too. */
import { findDictionaries, type Dictionaries } from '../../app/dictionaries.js'
import type { BackendSettings } from '../../app/backends.js'
import { oneOf, type Arguments } from '../arguments.js'
import type { OptionSpec } from '../command-spec.js'
import type { Terminal } from '../terminal.js'

export const BACKEND_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'redis-url',
    value: 'URL',
    description: 'queue on this Redis (or REDIS_URL)',
    configurable: true,
  },
  {
    name: 'database-url',
    value: 'URL',
    description: 'store, and without Redis the queue too, on this PostgreSQL (or DATABASE_URL)',
    configurable: true,
  },
  { name: 'redis', value: 'spawn', description: 'start redis-server or valkey-server for this process' },
  {
    name: 'allow-insecure',
    description: 'take a backend on another machine without TLS or password',
  },
]

export const BACKEND_NOTE =
  'Queue and store: REDIS_URL, else DATABASE_URL, else an embedded database in the data directory, which one\nprocess at a time may use.'

export function backendSettings(args: Arguments, dataDirectory: string): BackendSettings {
  return {
    redisUrl: args.value('redis-url') ?? plain('REDIS_URL'),
    databaseUrl: args.value('database-url') ?? plain('DATABASE_URL'),
    spawnRedis: oneOf(args, 'redis', ['spawn']) === 'spawn',
    allowInsecure: args.has('allow-insecure'),
    dataDirectory,
  }
}

function plain(name: string): string | undefined {
  const value = process.env[name]
  return value === '' ? undefined : value
}

export function findDictionariesFor(args: Arguments, terminal: Terminal): Promise<Dictionaries> {
  return findDictionaries({
    dataDirectory: args.value('data-dir'),
    onBuild: year => {
      terminal.progress(`compiling the dictionary of FY${year}, once …`)
    },
  })
}
