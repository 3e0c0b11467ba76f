/**
 * A private PostgreSQL for tests: its own directory, a free port on 127.0.0.1, a password of its own.
 * Answers null where PostgreSQL is not installed; tests that need it are skipped then, and say so.
 * `kill9` kills the postmaster and its children at once, so that nothing is written out and a restart
 * has to recover. PostgreSQL refuses to run as root: then it runs as `nobody`, in a directory of /tmp,
 * because the directory of a test run may be entered by root alone.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

export interface PostgresServer {
  /** `postgres://chartcode:PASSWORD@127.0.0.1:PORT/postgres` */
  readonly url: string
  /** Of the postmaster; another one after a restart. */
  readonly pid: number
  /** Postmaster and children, by SIGKILL; resolves when they are gone. */
  readonly kill9: () => Promise<void>
  /** Starts it again on the same directory and port; resolves when it answers. */
  readonly restart: () => Promise<void>
  /** Stops it and removes its directory. */
  readonly stop: () => Promise<void>
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

const DIRECTORIES = ['/usr/lib/postgresql/15/bin', ...(process.env.PATH ?? '').split(path.delimiter)]
const ANSWERS_WITHIN_MS = 30_000

/** `settings` are those of postgresql.conf: `{ max_connections: '5' }`. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer | null> {
  const programs = DIRECTORIES.find(directory =>
    ['initdb', 'postgres'].every(name => existsSync(path.join(directory, name))),
  )
  if (programs === undefined) return null
  const owner = unprivileged()
  const directory = mkdtempSync(path.join(owner === undefined ? tmpdir() : '/tmp', 'chartcode-postgres-'))
  if (owner !== undefined) chownSync(directory, owner.uid, owner.gid)
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const url = `postgres://chartcode:${password}@127.0.0.1:${port}/postgres`
  const data = path.join(directory, 'data')
  initialize(path.join(programs, 'initdb'), data, password, owner)
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const words = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ]
  const start = (): ChildProcess =>
    spawn(path.join(programs, 'postgres'), words, { cwd: directory, stdio: 'ignore', ...owner })

  let server = start()
  const killWithTests = (): void => {
    kill(server)
  }
  process.on('exit', killWithTests)
  const stop = async (): Promise<void> => {
    process.off('exit', killWithTests)
    await end(server, 'SIGINT')
    rmSync(directory, { recursive: true, force: true })
  }
  await answers(url).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url,
    get pid() {
      return server.pid ?? -1
    },
    kill9: () => end(server, 'SIGKILL'),
    restart: async () => {
      await end(server, 'SIGKILL')
      server = start()
      await answers(url)
    },
    stop,
  }
}

/** Nobody, where this is root; else the tests' own user. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function initialize(program: string, data: string, password: string, owner: Owner | undefined): void {
  const file = `${data}.password`
  writeFileSync(file, password)
  if (owner !== undefined) chownSync(file, owner.uid, owner.gid)
  const words = ['-D', data, '-U', 'chartcode', '--auth=scram-sha-256', `--pwfile=${file}`]
  const more = ['-E', 'UTF8', '--locale=C', '--no-sync']
  const { status, stderr } = spawnSync(program, [...words, ...more], {
    cwd: path.dirname(data),
    encoding: 'utf8',
    ...owner,
  })
  if (status !== 0) throw new Error(`initdb ended with ${status}: ${stderr}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(url: string): Promise<void> {
  const end = Date.now() + ANSWERS_WITHIN_MS
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 })
    try {
      await client.connect()
      await client.query('SELECT 1')
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(25)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  const children = childrenOf(server.pid)
  if (signal === 'SIGKILL') kill(server)
  else server.kill(signal)
  await Promise.race([ended, sleep(10_000, undefined, { ref: false }).then(() => kill(server))])
  await ended
  while (children.some(isRunning)) await sleep(5)
}

/** Children have a session of their own, so that no signal to a group reaches them. */
function kill(server: ChildProcess): void {
  const children = childrenOf(server.pid)
  server.kill('SIGKILL')
  for (const pid of children) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(parent: number | undefined): number[] {
  if (parent === undefined) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => new RegExp(`^PPid:\\t${parent}$`, 'm').test(statusOf(name)))
    .map(Number)
}

function isRunning(pid: number): boolean {
  const status = statusOf(String(pid))
  return status !== '' && !/^State:\tZ/m.test(status)
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
