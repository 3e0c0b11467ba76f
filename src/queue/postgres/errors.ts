/**
 * What the driver and PostgreSQL throw → one of three codes, by SQLSTATE. Their messages and details are not
 * passed on: a detail quotes values.
 */
import { ChartcodeError } from '../../model/errors.js'
import { isLockLost } from '../lock-lost.js'

/** Wrong password or user, unknown database, no right to create or use the tables. */
const REFUSED = /^(28...|3D000|42501)$/
/** The disk or the memory of the server is full. */
const FULL = /^53[12]00$/
/** The connection, the server or its last free place is gone: nothing is wrong with the query. */
const LOST = /^(08...|57P0.|53300)$/

export function postgresError(error: unknown): ChartcodeError {
  if (error instanceof ChartcodeError) return error
  const state = stateOf(error)
  if (REFUSED.test(state) || (error instanceof Error && error.name === 'UnsupportedPostgresVersionError'))
    return new ChartcodeError('queue-refused', `PostgreSQL refuses the queue (${state || 'older than 13'})`)
  if (FULL.test(state))
    return new ChartcodeError('queue-full', `PostgreSQL has no room left (${state}): nothing was accepted`)
  return new ChartcodeError('queue-unavailable', `PostgreSQL does not answer (${state || 'no answer'})`)
}

/** False where the connection was lost, so that the same query may work on the next one. */
export function isSqlError(error: unknown): boolean {
  return sqlState(error) !== '' && !LOST.test(sqlState(error))
}

function sqlState(error: unknown): string {
  return /^[0-9A-Z]{5}$/.test(stateOf(error)) ? stateOf(error) : ''
}

/** SQLSTATE, or the system's code. */
function stateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** For the errors of a worker, which are counted by code. */
export function codeOf(error: Error): string {
  return isLockLost(error) ? 'queue-lock' : postgresError(error).code
}
