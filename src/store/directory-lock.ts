/**
 * One process per embedded database, and per directory of results: two that open the same database lose each
 * other's rows without any error. The lock is a file beside the directory that names its holder by process id and by the time that
 * process started, so that a number given out again is not mistaken for it. It is linked into place whole,
 * and taken over only where the holder is gone.
 *
 * Processes that cannot see each other (two containers on one volume) are not kept apart: use PostgreSQL.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { ChartcodeError } from '../model/errors.js'

interface Holder {
  readonly pid: number
  /** Field 22 of /proc/PID/stat, in ticks since the machine started; null where there is no /proc. */
  readonly started: string | null
}

/** What is thrown where another process has it. */
export type HeldBy = (pid: number) => ChartcodeError

/** Answers how to release it. Throws what `heldBy` says, with the holder's process id, at once. */
export function lockDirectory(directory: string, heldBy: HeldBy = storeHeldBy): () => void {
  const file = `${directory}.lock`
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  const content = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder)
  writeOwn(own, content)
  try {
    while (!linkIfFree(own, file)) removeStale(file, heldBy)
  } finally {
    rmSync(own, { force: true })
  }
  return () => {
    if (read(file) === content) rmSync(file, { force: true })
  }
}

/** Process id of the holder, null where nobody has it. Changes nothing. */
export function holderOf(directory: string): number | null {
  const found = read(`${directory}.lock`)
  const holder = found === null ? null : parse(found)
  return holder !== null && isAlive(holder) ? holder.pid : null
}

function writeOwn(file: string, content: string): void {
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' })
  } catch {
    throw new ChartcodeError('file-missing', `${file} cannot be written`)
  }
}

function linkIfFree(own: string, file: string): boolean {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new ChartcodeError('file-missing', `${file} cannot be written`)
  }
}

function removeStale(file: string, heldBy: HeldBy): void {
  const found = read(file)
  if (found === null) return
  const holder = parse(found)
  if (isAlive(holder)) throw heldBy(holder.pid)
  const aside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch {
    return // Another process was quicker; look again.
  }
  // Between reading and moving, another process may have taken over: then the lock that was moved is its.
  const isOther = read(aside) !== found
  if (isOther) linkIfFree(aside, file)
  rmSync(aside, { force: true })
  if (isOther) throw heldBy(parse(read(file) ?? '').pid)
}

function storeHeldBy(pid: number): ChartcodeError {
  return new ChartcodeError('store-held', `the embedded database is held by process ${pid}`)
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, and another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === null || startOf(pid) === started
}

/** Null where the process is gone, also where only its parent has not taken note of that yet. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The second field is the program's name in parentheses, and may hold anything.
  const [state, ...others] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' ? null : (others[18] ?? null)
}

/** A lock that cannot be read was not written by this program: its holder is process 0, which is never gone. */
function parse(content: string): Holder {
  try {
    const { pid, started } = JSON.parse(content) as Partial<Holder>
    if (Number.isSafeInteger(pid)) return { pid: pid as number, started: started ?? null }
  } catch {
    // Falls through.
  }
  return { pid: 0, started: null }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
