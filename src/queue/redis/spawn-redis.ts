/**
 * `--redis spawn`: a redis-server or valkey-server of the PATH for this installation alone, on a unix socket
 * in a private directory, without a port. It writes an AOF each second, throws nothing away, and is ended by
 * its pid. One that is still there after its parent was killed is taken over: two on one AOF would damage it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartcodeError } from '../../model/errors.js'
import { readRedisAddress } from './address.js'
import { checkRedis } from './check.js'

export interface SpawnedRedis {
  /** The path of the socket, for `redisUrl`. */
  readonly url: string
  readonly pid: number
  /** Saves, and resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

const PROGRAMS = ['redis-server', 'valkey-server']
/** It answers after 0.1 s where it has nothing to load; a large AOF takes seconds. */
const READY_WITHIN_MS = 30_000
const STOPS_WITHIN_MS = 5_000
/** `sun_path` of Linux is 108 bytes with its end. */
const LONGEST_SOCKET_PATH = 107

export async function spawnRedis(directory: string): Promise<SpawnedRedis> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const socket = path.resolve(directory, 'redis.sock')
  if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH)
    throw new ChartcodeError('usage', `the path of the socket ${socket} is longer than 107 bytes`)
  const pidFile = path.join(directory, 'redis.pid')
  if (!(await answers(socket))) await start(path.resolve(directory), socket, pidFile)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  return { url: socket, pid, stop: () => stop(pid) }
}

async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false
  return checkRedis(readRedisAddress(socket)).then(
    () => true,
    () => false,
  )
}

async function start(directory: string, socket: string, pidFile: string): Promise<void> {
  const child = launch(findProgram(), directory, socket, pidFile)
  const deadline = Date.now() + READY_WITHIN_MS
  while (!(await answers(socket))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new ChartcodeError('queue-unavailable', `redis-server does not start in ${directory}`)
    }
    await sleep(10)
  }
}

function launch(program: string, directory: string, socket: string, pidFile: string): ChildProcess {
  const conf = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: directory,
    pidfile: pidFile,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    // Its log of slow commands would hold their arguments.
    'slowlog-log-slower-than': '-1',
  }
  const args = Object.entries(conf).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawn(program, args, { cwd: directory, stdio: 'ignore', env: {} })
  child.on('error', () => undefined)
  // The process may end before its Redis.
  child.unref()
  return child
}

function findProgram(): string {
  const directories = (process.env.PATH ?? '').split(path.delimiter)
  const files = PROGRAMS.flatMap(name => directories.map(directory => path.join(directory, name)))
  const found = files.find(file => existsSync(file))
  if (found === undefined)
    throw new ChartcodeError('queue-unavailable', 'neither redis-server nor valkey-server is on the PATH')
  return found
}

/** SIGTERM lets it write out what it has. */
async function stop(pid: number): Promise<void> {
  const deadline = Date.now() + STOPS_WITHIN_MS
  send(pid, 'SIGTERM')
  while (send(pid, 0)) {
    if (Date.now() > deadline) send(pid, 'SIGKILL')
    await sleep(10)
  }
}

/** False where there is no such process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
