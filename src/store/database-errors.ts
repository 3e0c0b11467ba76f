/**
 * A database's error → a ChartcodeError that can be logged. Its SQLSTATE or system code is kept, its
 * message, `detail` and values are not: PostgreSQL quotes the row in them (`Key (id)=(…) already exists`).
 * There is no `cause` for the same reason.
 *
 * `store-unavailable` is what goes away by itself, so that it is worth doing again; all else is
 * `store-refused`. Classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
import { ChartcodeError } from '../model/errors.js'

/** Classes and codes of SQLSTATE that pass: what was asked for was right. */
const PASSING: readonly string[] = [
  '08', // connection
  '40', // deadlock, serialization
  '53', // disk, memory or connections used up
  '57', // shutting down, starting up, cancelled by a time limit
  '58', // of the operating system
  '25006', // read-only: a standby that is about to become the server
  '25P03', // idle in a transaction for too long
  '55P03', // a lock was not to be had
]

/** Without SQLSTATE, an error is one of the connection; these do not pass. */
const REFUSING = /password|SASL|SCRAM|SSL|TLS|certificate/i

export function toStoreError(error: unknown): ChartcodeError {
  if (error instanceof ChartcodeError) return error
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  const name = typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? ` (${code})` : ''
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) return ofState(code)
  if (/CERT|SSL|TLS/.test(name) || REFUSING.test(typeof message === 'string' ? message : ''))
    return refused(`the connection's password or certificate${name}`)
  return new ChartcodeError('store-unavailable', `the database does not answer${name}`)
}

function ofState(state: string): ChartcodeError {
  if (PASSING.some(prefix => state.startsWith(prefix)))
    return new ChartcodeError('store-unavailable', `the database cannot answer now (SQLSTATE ${state})`)
  if (state.startsWith('28')) return refused(`user or password (SQLSTATE ${state})`)
  if (state === '3D000') return refused(`the name of the database (SQLSTATE ${state})`)
  return refused(`a statement (SQLSTATE ${state})`)
}

function refused(what: string): ChartcodeError {
  return new ChartcodeError('store-refused', `the database refuses ${what}`)
}
