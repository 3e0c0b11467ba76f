/**
 * The log of long-running processes: JSON lines on standard error, by pino. Events have a code and carry ids
 * and counts, never note text, ids from outside or messages of other programs. Of a code that comes again and
 * again one line a second is written, with how many were left out.
 */
import { pino, type Logger } from 'pino'

export interface EventFields {
  readonly [field: string]: string | number | boolean | null | undefined | readonly string[]
}

export interface Log {
  readonly info: (code: string, fields?: EventFields) => void
  readonly warn: (code: string, fields?: EventFields) => void
  readonly error: (code: string, fields?: EventFields) => void
}

const INTERVAL_MS = 1000

export function createLog(level = 'info', now: () => number = Date.now): Log {
  const logger = pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    stderr(),
  )
  return limitedLog(logger, now)
}

/** Written at once: a process that is killed has said what it did. */
function stderr(): ReturnType<typeof pino.destination> {
  return pino.destination({ dest: 2, sync: true })
}

export function limitedLog(logger: Pick<Logger, 'info' | 'warn' | 'error'>, now: () => number): Log {
  const last = new Map<string, { at: number; omitted: number }>()
  const write =
    (severity: 'info' | 'warn' | 'error') =>
    (code: string, fields: EventFields = {}): void => {
      const seen = last.get(code)
      if (seen !== undefined && now() - seen.at < INTERVAL_MS) {
        seen.omitted += 1
        return
      }
      const omitted = seen === undefined || seen.omitted === 0 ? {} : { omitted: seen.omitted }
      last.set(code, { at: now(), omitted: 0 })
      logger[severity]({ ...fields, ...omitted }, code)
    }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
