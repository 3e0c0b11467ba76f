/**
 * What the store wrote down of attempts, and which of them a killed worker left behind: each of those was
 * taken up by a next attempt, after so many milliseconds. Names of workers stand in their logs beside the
 * pid. Times are those of PostgreSQL on this machine, so they compare with `Date.now()`.
 */
import { readFileSync } from 'node:fs'
import { Client } from 'pg'

export interface Attempt {
  readonly workId: string
  readonly attempt: number
  readonly worker: string
  /** Milliseconds of the epoch, as are all times here. */
  readonly started: number
  /** Null where it neither ended nor was given back. */
  readonly ended: number | null
}

export interface Kill {
  readonly pid: number
  readonly at: number
}

/** `since`: only those that began later. */
export async function readAttempts(databaseUrl: string, since = 0): Promise<readonly Attempt[]> {
  return rowsOf<Attempt>(
    databaseUrl,
    `SELECT work_id AS "workId", attempt, worker,
            extract(epoch FROM started_at)::float8 * 1000 AS started,
            extract(epoch FROM ended_at)::float8 * 1000 AS ended
     FROM chartcode.attempts WHERE started_at > to_timestamp($1::float8 / 1000)
     ORDER BY work_id, attempt`,
    [since],
  )
}

/** Work that has a job in the queue, or should have one. */
export async function readDispatched(databaseUrl: string): Promise<readonly string[]> {
  const rows = await rowsOf<{ readonly workId: string }>(
    databaseUrl,
    `SELECT work_id AS "workId" FROM chartcode.work WHERE state = 'open' AND dispatched_at IS NOT NULL`,
  )
  return rows.map(({ workId }) => workId)
}

/** Of these, the work that is still open. */
export async function readOpen(databaseUrl: string, workIds: readonly string[]): Promise<readonly string[]> {
  const rows = await rowsOf<{ readonly workId: string }>(
    databaseUrl,
    `SELECT work_id AS "workId" FROM chartcode.work WHERE state = 'open' AND work_id = ANY($1::text[])`,
    [workIds],
  )
  return rows.map(({ workId }) => workId)
}

/** With a connection of its own: a judge shares nothing with what it judges. */
async function rowsOf<Row extends object>(
  databaseUrl: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** A line of a worker's log. */
export interface LogLine {
  readonly pid: number
  readonly msg: string
  readonly worker?: string
  readonly jobs?: number
}

/** A line that a killed worker did not finish is left out. */
export function readLog(files: readonly string[]): readonly LogLine[] {
  return files
    .filter(file => file.endsWith('.stderr'))
    .flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .filter(line => line.startsWith('{') && line.endsWith('}'))
    .map(line => JSON.parse(line) as LogLine)
}

/** Pid → name in the store, of those that were ever ready for work. */
export function workerNames(files: readonly string[]): ReadonlyMap<number, string> {
  const ready = readLog(files).filter(({ msg }) => msg === 'worker-ready')
  return new Map(ready.map(({ pid, worker }) => [pid, worker ?? '']))
}

export interface Resumption {
  readonly workId: string
  /** After the kill; infinite where nobody took it up. */
  readonly milliseconds: number
}

/** What each kill left unfinished, and when its next attempt began. */
export function resumptions(
  kills: readonly Kill[],
  names: ReadonlyMap<number, string>,
  attempts: readonly Attempt[],
): readonly Resumption[] {
  const keyOf = (workId: string, attempt: number): string => `${workId} ${attempt}`
  const startOf = new Map(attempts.map(one => [keyOf(one.workId, one.attempt), one.started]))
  return kills.flatMap(({ pid, at }) =>
    attempts
      .filter(({ worker, ended }) => worker === names.get(pid) && ended === null)
      .map(({ workId, attempt }) => ({
        workId,
        milliseconds: (startOf.get(keyOf(workId, attempt + 1)) ?? Infinity) - at,
      })),
  )
}
