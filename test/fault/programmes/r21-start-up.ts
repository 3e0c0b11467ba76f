/**
 * R21: everything that can be wrong when a worker starts: it ends with 1 and a named code, soon, in one line that
 * holds no password and no stack. And one that runs says when a backend goes away, and that it is alive.
 */
import { closeSync, fstatSync, mkdirSync, openSync, readSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '../../servers/redis.js'
import { openSilentPort } from '../../servers/silent-port.js'
import { errorCodeOf, PROGRAM, runCommand, type CommandEnd } from '../command.js'
import { withInstallation, type Installation } from '../installation.js'
import { copyPackage, type PackageCopy } from '../package-copy.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { untilTrue } from '../progress.js'
import { withProcesses } from '../supervisor.js'

const [SECRET, PASSWORD] = ['open-sesame-471', 'close-barley-582']
const ENDS_WITHIN_S = 3
const ANSWERS_S = 2.5

interface Ports {
  readonly closed: number
  readonly silent: number
  /** Of something that says it is Redis 5. */
  readonly old: number
}

interface Row {
  readonly name: string
  readonly code: string
  readonly env?: (installation: Installation, ports: Ports) => Readonly<Record<string, string>>
  readonly damage?: (copy: PackageCopy) => void
}

const redisAt = (port: number): Record<string, string> => ({
  REDIS_URL: `redis://:${SECRET}@127.0.0.1:${port}`,
})
const databaseAt = (port: number): Record<string, string> => ({
  DATABASE_URL: `postgres://chartcode:${SECRET}@127.0.0.1:${port}/postgres`,
})

const ROWS: readonly Row[] = [
  { name: 'Redis down', code: 'queue-unavailable', env: (_, { closed }) => redisAt(closed) },
  { name: 'Redis silent', code: 'queue-unavailable', env: (_, { silent }) => redisAt(silent) },
  { name: 'Redis with a wrong password', code: 'queue-refused', env: ({ redis }) => redisAt(redis.port) },
  { name: 'Redis too old', code: 'queue-refused', env: (_, { old }) => redisAt(old) },
  {
    name: 'Redis on another machine in plain text',
    code: 'queue-refused',
    env: () => ({ REDIS_URL: `redis://:${SECRET}@192.0.2.1:6379` }),
  },
  { name: 'PostgreSQL down', code: 'store-unavailable', env: (_, { closed }) => databaseAt(closed) },
  { name: 'PostgreSQL silent', code: 'store-unavailable', env: (_, { silent }) => databaseAt(silent) },
  {
    name: 'PostgreSQL with a wrong password',
    code: 'store-refused',
    env: ({ postgres }) => databaseAt(Number(new URL(postgres.url).port)),
  },
  {
    name: 'an unknown database',
    code: 'store-refused',
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url.replace(/\/postgres$/, '/nowhere') }),
  },
  {
    name: 'PostgreSQL on another machine in plain text',
    code: 'store-refused',
    env: () => ({ DATABASE_URL: `postgres://chartcode:${SECRET}@192.0.2.1/postgres?sslmode=disable` }),
  },
  { name: 'a dictionary with one flipped bit', code: 'snapshot-unreadable', damage: flipBit },
  { name: 'a dictionary that was cut', code: 'snapshot-unreadable', damage: cut },
  {
    name: 'no tables',
    code: 'file-missing',
    damage: ({ tables }) => {
      rmSync(tables, { recursive: true })
    },
  },
]

export const programme: Programme = {
  id: 'R21',
  title: 'what can be wrong at the start: a named code, soon; readiness while it runs',
  run: async context => {
    const silent = await openSilentPort()
    const old = await openOldRedis()
    try {
      const ports = { closed: await freePort(), silent: silent.port, old: old.port }
      return await withInstallation(
        context,
        { workers: 0, redis: { conf: { requirepass: PASSWORD } } },
        async installation => ({
          figures: [
            ...(await startWrongly(installation, ports, context)),
            ...(await watchReadiness(installation, context)),
          ],
        }),
      )
    } finally {
      await silent.close()
      old.close()
    }
  },
}

async function startWrongly(
  installation: Installation,
  ports: Ports,
  { directory, tell }: ProgrammeContext,
): Promise<Figure[]> {
  const ends: (CommandEnd & { readonly row: Row })[] = []
  for (const [at, row] of ROWS.entries()) {
    const copy = row.damage === undefined ? undefined : copyPackage(path.join(directory, `copy-${at}`))
    if (copy !== undefined) row.damage?.(copy)
    const env = { ...installation.env, ...row.env?.(installation, ports) }
    const end = await runCommand(['worker'], {
      env,
      ...(copy === undefined ? {} : { program: copy.program }),
    })
    tell(`${row.name}: ${end.code} ${errorCodeOf(end)} after ${Math.round(end.endedMs)} ms`)
    ends.push({ ...end, row })
  }
  const secrets = [SECRET, PASSWORD, new URL(installation.postgres.url).password]
  const count = (is: (end: (typeof ends)[number]) => boolean): number => ends.filter(is).length
  return [
    figureEqual(
      'ended with 1',
      count(({ code }) => code === 1),
      ROWS.length,
    ),
    figureEqual(
      'named',
      count(end => errorCodeOf(end) === end.row.code),
      ROWS.length,
    ),
    figureEqual(
      'in one line',
      count(({ err }) => err.trimEnd().split('\n').length === 1),
      ROWS.length,
    ),
    figureEqual(
      'passwords told',
      count(({ err }) => secrets.some(secret => err.includes(secret))),
      0,
    ),
    figureAtMost('slowest end', Math.max(...ends.map(({ endedMs }) => endedMs)) / 1_000, ENDS_WITHIN_S, 's'),
  ]
}

interface Health {
  readonly live: number
  readonly ready: number
  readonly slowestMs: number
}

/** One fault after the other, each until the worker says so, and until it says that it is over. */
async function watchReadiness(
  installation: Installation,
  { directory, tell }: ProgrammeContext,
): Promise<Figure[]> {
  const { redis, postgres, env } = installation
  const port = await freePort()
  const logs = path.join(directory, 'health')
  mkdirSync(logs)
  const args = [PROGRAM, 'worker', '--jobs', '1', '--health-port', String(port)]
  const command = { file: process.execPath, args, env }
  const seen: Health[] = []
  const request = { count: 1, command: () => command, directory: logs, restartMs: null }
  return withProcesses(request, async worker => {
    const becomes = (ready: number): Promise<boolean> =>
      untilTrue(async () => {
        const health = await askHealth(port)
        seen.push(health)
        return health.ready === ready
      }, 30_000)
    const steps = [await becomes(200)]
    for (const server of [redis, postgres]) {
      await server.kill9()
      steps.push(await becomes(503))
      await server.restart()
      steps.push(await becomes(200))
    }
    const slowest = Math.max(...seen.map(({ slowestMs }) => slowestMs)) / 1_000
    tell(`${seen.length} looks at its health`)
    return [
      figureEqual('changes of readiness seen', steps.filter(step => step).length, steps.length),
      figureEqual('looks at which it was not live', seen.filter(({ live }) => live !== 200).length, 0),
      figureAtMost('slowest health answer', slowest, ANSWERS_S, 's'),
      figureEqual('workers that died', worker.ends().length, 0),
    ]
  })
}

async function askHealth(port: number): Promise<Health> {
  const started = performance.now()
  const ask = async (name: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/health/${name}`)).status
  const [live, ready] = await Promise.all([ask('live'), ask('ready')])
  return { live, ready, slowestMs: performance.now() - started }
}

/** The last one, of the year in force; a bit in its middle. */
function flipBit({ snapshots }: PackageCopy): void {
  const descriptor = openSync(snapshots.at(-1) ?? '', 'r+')
  try {
    const at = Math.floor(fstatSync(descriptor).size / 2)
    const byte = new Uint8Array(1)
    readSync(descriptor, byte, 0, 1, at)
    byte[0] = (byte[0] ?? 0) ^ 0b100
    writeSync(descriptor, byte, 0, 1, at)
  } finally {
    closeSync(descriptor)
  }
}

function cut({ snapshots }: PackageCopy): void {
  truncateSync(snapshots[0] ?? '', 100_000)
}

/** Takes any password, and answers every question with what a Redis 5 says of itself. */
async function openOldRedis(): Promise<{ readonly port: number; readonly close: () => void }> {
  const info = 'redis_version:5.0.14\r\nmaxmemory_policy:noeviction\r\n'
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    socket.on('data', bytes => {
      const text = bytes.toString().toLowerCase()
      if (text.includes('auth')) socket.write('+OK\r\n')
      if (text.includes('info')) socket.write(`$${info.length}\r\n${info}\r\n`)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() }
}
