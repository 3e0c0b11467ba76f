/**
 * A store or a queue that fails as networks make it fail, in front of the real one: a call that did nothing, a
 * call that took effect and whose answer was lost, a call that answers too late to be waited for. For R13, and,
 * call by call, for the run that fails once at every place.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartcodeError, type ErrorCode } from '../../src/model/errors.js'
import { intercept, type Call } from './intercept.js'
import type { Random } from './random.js'

export interface FailureRates {
  /** By call: it fails at once and did nothing. */
  readonly refused: number
  /** It took effect, and fails. */
  readonly replyLost: number
  /** It fails after this time, and took effect or not: nobody knows. */
  readonly timeout: number
  readonly timeoutMs: number
}

/** RELIABILITY R13. */
export const FIVE_PERCENT: FailureRates = { refused: 0.05, replyLost: 0.05, timeout: 0.05, timeoutMs: 200 }

/** Methods that have no answer to lose: they open something, or end it. */
const UNTOUCHED: readonly string[] = ['consume', 'close']

export interface FailureRequest {
  /** What the port throws when it does not answer. */
  readonly code: ErrorCode
  readonly rates: FailureRates
  readonly random: Random
  /** Told of each failure. */
  readonly onFailure?: (method: string, kind: FailureKind) => void
}

export type FailureKind = 'refused' | 'reply lost' | 'timeout'

export function unreliable<Port extends object>(port: Port, request: FailureRequest): Port {
  const { code, rates, random, onFailure = () => {} } = request
  return intercept(port, async call => {
    const kind = UNTOUCHED.includes(call.method) ? null : drawFailure(rates, random)
    if (kind === null) return call.proceed()
    onFailure(call.method, kind)
    // The order of draws must not depend on how long a call takes.
    const takesEffect = kind === 'reply lost' || (kind === 'timeout' && random.chance(0.5))
    if (takesEffect) await call.proceed()
    if (kind === 'timeout') await sleep(rates.timeoutMs)
    throw new ChartcodeError(code, `${call.method}: ${kind}`)
  })
}

function drawFailure({ refused, replyLost, timeout }: FailureRates, random: Random): FailureKind | null {
  const drawn = random.next()
  if (drawn < refused) return 'refused'
  if (drawn < refused + replyLost) return 'reply lost'
  return drawn < refused + replyLost + timeout ? 'timeout' : null
}

export interface CountedCalls<Port> {
  readonly port: Port
  /** So far. */
  readonly calls: () => number
}

/** Only the n-th call (from 1) fails, before or after its effect: `n` from 1 to all of a run, and it is tried everywhere. */
export function failingOnce<Port extends object>(
  port: Port,
  n: number,
  when: 'before' | 'after',
  code: ErrorCode,
): CountedCalls<Port> {
  let calls = 0
  const around = async ({ method, proceed }: Call): Promise<unknown> => {
    if (UNTOUCHED.includes(method)) return proceed()
    const isTheOne = ++calls === n
    if (isTheOne && when === 'before') throw new ChartcodeError(code, `call ${n}: ${method} did nothing`)
    const answer = await proceed()
    if (isTheOne) throw new ChartcodeError(code, `call ${n}: the answer of ${method} was lost`)
    return answer
  }
  return { port: intercept(port, around), calls: () => calls }
}
