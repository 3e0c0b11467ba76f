/** A batch in a process of its own that is killed, and what it left behind beside what one that lived has written. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { RunRecord } from '../../src/app/batch/run-record.js'
import { sha256Of } from './oracle.js'
import { runProgram, type Ended } from './run-program.js'

/** Bytes of the line that a thread writes for each note it begins. */
const LINE = 8
const LOOK_MS = 2

export interface BatchUnderFire {
  readonly input: string
  readonly out: string
  /** Notes that were begun, over all processes. */
  readonly begun: () => number
  /** Runs it, or goes on with it; `until` kills it where it returns true. */
  readonly run: (request?: { readonly crashAt?: string; readonly until?: () => boolean }) => Promise<Ended>
}

export interface UnderFireRequest {
  readonly entry: string
  readonly directory: string
  readonly input: string
  readonly env: Readonly<Record<string, string>>
}

export function batchUnderFire({ entry, directory, input, env }: UnderFireRequest): BatchUnderFire {
  const out = path.join(directory, 'out')
  const count = path.join(directory, 'begun')
  return {
    input,
    out,
    begun: () => (existsSync(count) ? statSync(count).size / LINE : 0),
    run: async ({ crashAt = '', until } = {}) => {
      const isBegun = existsSync(path.join(out, 'run.json'))
      const stop = new AbortController()
      const ended = runProgram([input, out, ...(isBegun ? ['resume'] : [])], {
        file: entry,
        env: { ...env, BEGUN: count, CRASH_AT: crashAt },
        killed: stop.signal,
      })
      const timer = setInterval(() => {
        if (until?.() === true) stop.abort()
      }, LOOK_MS)
      return ended.finally(() => {
        clearInterval(timer)
      })
    },
  }
}

/** What must be the same whatever happened on the way. */
export function whatItWrote(out: string): string {
  const files = ['results.ndjson', 'errors.ndjson', 'duplicates.ndjson']
  const hashes = files.map(name => sha256Of(readFileSync(path.join(out, name))))
  const record = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as RunRecord
  const { outputs, counts, failures, controls, dictionaries, inputs } = record
  return JSON.stringify({ hashes, outputs, counts, failures, controls, dictionaries, inputs })
}
