/**
 * `postgres://user:password@host:port/name?sslmode=…` → the options of `pg`.
 * Off the loopback a connection is encrypted and the server's certificate is checked unless the URL says
 * otherwise; plain text is refused there unless it is allowed by name. `sslmode` is read here and not by `pg`,
 * whose meaning of `require` is about to change: `disable`, `no-verify` (encrypted, but anyone may answer),
 * and everything else verifies.
 */
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import type { PoolConfig } from 'pg'
import { ChartcodeError } from '../../model/errors.js'

export interface PostgresOptions {
  readonly url: string
  /** Plain text to another machine: for networks that encrypt by themselves. */
  readonly allowInsecure?: boolean
  /** Of one statement; the client waits a second longer. Migrations take more. */
  readonly statementMs?: number
}

/** Of `pg.Pool`: to get a connection, also where all are in use. */
const CONNECT_MS = 2000
const STATEMENT_MS = 4000
/** A client that hangs between two statements holds locks no longer. */
const IDLE_IN_TRANSACTION_MS = 15_000
/** Enough for a service and its queue; PostgreSQL's own limit is 100 for all processes. */
const CONNECTIONS = 10

/** The queue's statements name no schema; the store's always do. */
const SEARCH_PATH = '-c search_path=bullmq,public'
/** Parameters of the URL that name a file, and what TLS calls it. */
const FILES: Readonly<Record<string, 'ca' | 'cert' | 'key'>> = {
  sslrootcert: 'ca',
  sslcert: 'cert',
  sslkey: 'key',
}

export function connectionOptions(given: PostgresOptions): PoolConfig {
  const { statementMs = STATEMENT_MS } = given
  const url = parseUrl(given.url)
  const ssl = sslOptions(url, given.allowInsecure === true)
  const options = [...url.searchParams.getAll('options'), SEARCH_PATH].join(' ')
  // What is left in the URL wins over what is said beside it.
  for (const name of ['options', 'ssl', 'sslmode', ...Object.keys(FILES)]) url.searchParams.delete(name)
  return {
    connectionString: url.href,
    ssl,
    max: CONNECTIONS,
    application_name: 'chartcode',
    options,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + 1000,
    idle_in_transaction_session_timeout: Math.max(IDLE_IN_TRANSACTION_MS, statementMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}

/** The parser's own error quotes the URL, and so the password. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    throw new ChartcodeError('usage', 'the database URL is not of the form postgres://user@host:5432/name')
  return url
}

function sslOptions(url: URL, allowInsecure: boolean): NonNullable<PoolConfig['ssl']> {
  const mode = url.searchParams.get('sslmode')
  const isNear = isLoopback(url)
  if (mode === 'disable' && !isNear && !allowInsecure)
    throw new ChartcodeError('store-refused', 'sslmode=disable sends notes in plain text to another machine')
  if (mode === 'disable' || (mode === null && (isNear || allowInsecure))) return false
  const options: ConnectionOptions = { rejectUnauthorized: mode !== 'no-verify' }
  for (const [parameter, name] of Object.entries(FILES)) {
    const file = url.searchParams.get(parameter)
    if (file !== null) options[name] = readCertificate(file)
  }
  return options
}

function isLoopback(url: URL): boolean {
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  return host === '' || host.startsWith('/') || /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ChartcodeError('file-missing', `the certificate or key ${file} cannot be read`)
  }
}
