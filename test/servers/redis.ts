/**
 * A redis-server of a test's own: private directory, free port on 127.0.0.1, stopped by its pid. Comes in:
 * directives of redis.conf. Goes out: a handle that kills, restarts and asks it, or null where the machine
 * has no redis-server; such tests are skipped and say so.
 *
 * The server is a child of this process and dies with it only where `stop` is called: do so in `finally`.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

export interface RedisOptions {
  /** Directives of redis.conf over the defaults below, e.g. `{ maxmemory: '64mb', user: 'name on >word ~* +@all' }`. */
  readonly conf?: Readonly<Record<string, string>>
  readonly port?: number
}

export interface RedisServer {
  /** With the password, where `requirepass` is set. */
  readonly url: string
  readonly port: number
  /** Holds the data; removed by `stop`. */
  readonly directory: string
  /** Of the process that runs now or ran last. */
  readonly pid: number
  /** SIGKILL; resolves when the process is gone. */
  readonly kill9: () => Promise<void>
  /** Starts again on the same port and data (killing what runs); resolves when it answers. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
  /** What redis-cli prints, without the line break at its end. */
  readonly cli: (...args: readonly string[]) => Promise<string>
}

/** As recommended for production; RDB snapshots are off, so that only the AOF is tested. */
const DEFAULTS = { appendonly: 'yes', appendfsync: 'everysec', save: '', 'maxmemory-policy': 'noeviction' }
const READY_WITHIN = 10_000

export const hasRedis: boolean = ['redis-server', 'redis-cli'].every(
  program => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
)

export async function startRedis(options: RedisOptions = {}): Promise<RedisServer | null> {
  if (!hasRedis) return null
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-redis-'))
  const port = options.port ?? (await freePort())
  const conf: Record<string, string> = { ...DEFAULTS, ...options.conf }
  const { requirepass } = conf
  const credentials = requirepass === undefined ? '' : `:${encodeURIComponent(requirepass)}@`
  const url = `redis://${credentials}127.0.0.1:${port}`
  let child = await launch(directory, port, conf)
  const kill9 = (): Promise<void> => end(child, 'SIGKILL')
  return {
    url,
    port,
    directory,
    get pid() {
      return child.pid as number
    },
    kill9,
    restart: async () => {
      await kill9()
      child = await launch(directory, port, conf)
    },
    stop: async () => {
      await kill9()
      rmSync(directory, { recursive: true, force: true })
    },
    cli: (...args) => ask(port, requirepass, args),
  }
}

async function launch(directory: string, port: number, conf: Record<string, string>): Promise<ChildProcess> {
  const directives = Object.entries({ ...conf, port: String(port), bind: '127.0.0.1', dir: directory })
  const lines = directives.map(
    ([name, value]) => `${name} ${name === 'user' ? value : JSON.stringify(value)}`,
  )
  const file = path.join(directory, 'redis.conf')
  writeFileSync(file, lines.join('\n'))
  const child = spawn('redis-server', [file], { stdio: 'ignore', cwd: directory })
  const deadline = Date.now() + READY_WITHIN
  while (!(await answers(port))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await end(child, 'SIGKILL')
      throw new Error(`redis-server did not start on port ${port}`)
    }
    await sleep(20)
  }
  return child
}

/** True also where a password is asked for; false while the data is loaded. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [reply] = (await once(socket, 'data')) as [Buffer]
    return !reply.toString().startsWith('-LOADING')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/** The port is free when this returns; another process may take it, which `launch` then reports. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function ask(port: number, password = '', args: readonly string[]): Promise<string> {
  const env = { ...process.env, REDISCLI_AUTH: password }
  const run = promisify(execFile)
  const { stdout } = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...args], { env })
  return stdout.trimEnd()
}
