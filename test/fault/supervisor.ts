/**
 * Keeps N child processes running, as an init system would: a dead one is started again after a short
 * delay, in the same slot. Children are signalled by pid. What they print goes into files, one a slot and
 * stream, over all its lives. `withProcesses` stops all of them in `finally`; where this process itself is
 * killed, they die with it (`setpriv --pdeathsig`, where util-linux has it).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'

export interface ProcessCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface ProcessesRequest {
  readonly count: number
  /** The command line of a slot, 0-based. */
  readonly command: (slot: number) => ProcessCommand
  /** Where `0.stdout`, `0.stderr` … are written. */
  readonly directory: string
  /** Null: a dead process stays dead. */
  readonly restartMs?: number | null
}

export interface ProcessEnd {
  readonly slot: number
  readonly pid: number
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Milliseconds that it lived. */
  readonly lived: number
}

export interface Supervisor {
  /** By slot; null where none runs at the moment. */
  readonly pids: () => readonly (number | null)[]
  /** False where the slot has no process. A stopped process is still one. */
  readonly signal: (slot: number, signal: NodeJS.Signals) => boolean
  readonly ends: () => readonly ProcessEnd[]
  readonly starts: () => number
  readonly files: readonly string[]
  /** Signals all, restarts none; after the limit SIGKILL. Resolves when all are gone; false where SIGKILL was needed. */
  readonly stop: (signal?: NodeJS.Signals, limitMs?: number) => Promise<boolean>
}

/** Long enough that a process that cannot start does not take a processor for itself. */
const RESTART_MS = 200

export async function withProcesses<T>(
  request: ProcessesRequest,
  run: (supervisor: Supervisor) => Promise<T>,
): Promise<T> {
  const supervisor = startProcesses(request)
  try {
    return await run(supervisor)
  } finally {
    await supervisor.stop()
  }
}

export function startProcesses(request: ProcessesRequest): Supervisor {
  const { count, command, directory, restartMs = RESTART_MS } = request
  const running = new Map<number, ChildProcess>()
  const ends: ProcessEnd[] = []
  const timers = new Set<NodeJS.Timeout>()
  let [starts, isStopping] = [0, false]

  const start = (slot: number): void => {
    const startedAt = performance.now()
    const child = spawnInto(command(slot), fileOf(directory, slot))
    starts++
    running.set(slot, child)
    // Neither event is certain to come alone: a program that does not exist has no exit.
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (running.get(slot) !== child) return
      running.delete(slot)
      ends.push({ slot, pid: child.pid ?? 0, code, signal, lived: performance.now() - startedAt })
      if (!isStopping && restartMs !== null) timers.add(setTimeout(start, restartMs, slot))
    }
    child.on('exit', end)
    child.on('error', () => {
      end(null, null)
    })
  }
  for (let slot = 0; slot < count; slot++) start(slot)
  const killAll = (): void => {
    for (const child of running.values()) child.kill('SIGKILL')
  }
  process.on('exit', killAll)
  return {
    pids: () => slots(count).map(slot => running.get(slot)?.pid ?? null),
    signal: (slot, signal) => running.get(slot)?.kill(signal) ?? false,
    ends: () => ends,
    starts: () => starts,
    files: slots(count).flatMap(slot => [
      fileOf(directory, slot)('stdout'),
      fileOf(directory, slot)('stderr'),
    ]),
    stop: async (signal = 'SIGKILL', limitMs = 10_000) => {
      isStopping = true
      for (const timer of timers) clearTimeout(timer)
      const children = [...running.values()]
      const gone = Promise.all(children.map(whenGone))
      for (const child of children) child.kill(signal)
      const limit = setTimeout(killAll, limitMs)
      const killedBefore = children.filter(child => child.signalCode === 'SIGKILL').length
      await gone
      clearTimeout(limit)
      process.off('exit', killAll)
      const killed = children.filter(child => child.signalCode === 'SIGKILL').length
      return signal === 'SIGKILL' || killed === killedBefore
    },
  }
}

function slots(count: number): number[] {
  return Array.from({ length: count }, (_, slot) => slot)
}

function fileOf(directory: string, slot: number): (stream: string) => string {
  return stream => path.join(directory, `${slot}.${stream}`)
}

function spawnInto(command: ProcessCommand, file: (stream: string) => string): ChildProcess {
  const [stdout, stderr] = [openSync(file('stdout'), 'a', 0o600), openSync(file('stderr'), 'a', 0o600)]
  try {
    const [program, ...args] = [...DIE_WITH_PARENT, command.file, ...command.args]
    return spawn(program ?? command.file, args, {
      stdio: ['ignore', stdout, stderr],
      env: { ...process.env, ...command.env },
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    })
  } finally {
    closeSync(stdout)
    closeSync(stderr)
  }
}

/** The kernel kills the child when its parent dies. `exec` keeps the pid, so signals reach the program itself. */
const DIE_WITH_PARENT: readonly string[] =
  process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0
    ? ['setpriv', '--pdeathsig', 'KILL', '--']
    : []

function whenGone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.once('exit', () => {
      resolve()
    })
    child.once('error', () => {
      resolve()
    })
  })
}

/** True while a process with this pid is there and is no zombie waiting for its parent. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  const state = stdout.trim()
  return state !== '' && !state.startsWith('Z')
}
