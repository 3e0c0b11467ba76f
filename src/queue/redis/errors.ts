/**
 * What ioredis, Redis and BullMQ throw → one of three codes. Their messages are not passed on: an error of
 * Redis carries its command, and with AUTH that is the password. The first word of a reply (`WRONGPASS`) or
 * the system's code (`ECONNREFUSED`) says what an operator needs.
 */
import { ChartcodeError } from '../../model/errors.js'
import { isLockLost } from '../lock-lost.js'

const REFUSED = /^(WRONGPASS|NOAUTH|NOPERM|DENIED)\b|^ERR (AUTH|invalid password|Client sent AUTH)/
const TLS_REFUSED = /^(CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_)/
/** Also inside the message of a script that ran into it. */
const FULL = /\bOOM\b/

export function redisError(error: unknown, shown: string): ChartcodeError {
  if (error instanceof ChartcodeError) return error
  const word = wordOf(error)
  const code = codeOf(error)
  if (code === 'queue-full')
    return new ChartcodeError(code, `Redis at ${shown} has no memory left: nothing was accepted`)
  if (code === 'queue-refused')
    return new ChartcodeError(
      code,
      `Redis at ${shown} refuses the connection (${word}): check user and password`,
    )
  return new ChartcodeError('queue-unavailable', `Redis at ${shown} does not answer (${word})`)
}

/** For the errors of a worker, which are counted by code. */
export function codeOf(error: unknown): 'queue-unavailable' | 'queue-refused' | 'queue-full' | 'queue-lock' {
  const { message, code } = partsOf(error)
  if (FULL.test(message)) return 'queue-full'
  if (REFUSED.test(message) || TLS_REFUSED.test(code)) return 'queue-refused'
  return isLockLost(error) ? 'queue-lock' : 'queue-unavailable'
}

function wordOf(error: unknown): string {
  const { message, code } = partsOf(error)
  return /^[A-Z][A-Z0-9_]+$/.test(code) ? code : (/^[A-Z]{3,}\b/.exec(message)?.[0] ?? 'no answer')
}

function partsOf(error: unknown): { readonly message: string; readonly code: string } {
  if (!(error instanceof Error)) return { message: '', code: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { message: error.message, code }
}
