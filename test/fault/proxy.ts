/**
 * A TCP proxy on loopback that is as bad as networks get; between the program and Redis or PostgreSQL.
 * What it does to connections is set while they are open. Everything it draws comes from a seed; what
 * depends on the operating system (how bytes are cut into chunks) does not, so a seed makes the same
 * kind of trouble and not the same bytes.
 */
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { openLink, type Link, type LinkCounts } from './proxy-link.js'
import type { Random } from './random.js'

/** How the network is. All that is not named is as in `CLEAR`; conditions add up. */
export interface NetworkConditions {
  /** Added to each direction. */
  readonly latencyMs: number
  /** More or less than the latency by up to this, evenly; never below 0. */
  readonly jitterMs: number
  /** By chunk that passes: the connection is reset instead, on both sides. */
  readonly resetChance: number
  /** By chunk of an answer: it is swallowed and the connection reset; the request took effect. */
  readonly dropReplyChance: number
  /** By chunk of a request: it and everything after it is swallowed; no answer ever comes. */
  readonly hangChance: number
  /** Bytes are passed on in pieces of this size; 0 leaves them as they come. */
  readonly chunkBytes: number
  /** Connections are accepted and nothing passes. What waits is passed on when the hole closes again. */
  readonly isBlackhole: boolean
  /** Nobody listens; open connections are reset. */
  readonly isRefused: boolean
}

export const CLEAR: NetworkConditions = {
  latencyMs: 0,
  jitterMs: 0,
  resetChance: 0,
  dropReplyChance: 0,
  hangChance: 0,
  chunkBytes: 0,
  isBlackhole: false,
  isRefused: false,
}

export interface ProxyCounts extends LinkCounts {
  readonly connections: number
  readonly open: number
}

export interface Proxy {
  /** On 127.0.0.1; stays the same. */
  readonly port: number
  /** Replaces the conditions, those of open connections too. */
  readonly set: (conditions: Partial<NetworkConditions>) => Promise<void>
  readonly counts: () => ProxyCounts
  readonly close: () => Promise<void>
}

export async function startProxy(target: NetConnectOpts, random: Random): Promise<Proxy> {
  const links = new Set<Link>()
  const totals: Record<keyof LinkCounts, number> = {
    requestBytes: 0,
    answerBytes: 0,
    resets: 0,
    swallowed: 0,
  }
  let conditions = CLEAR
  let connections = 0
  const accept = (client: Socket): void => {
    connections++
    const link = openLink({
      client,
      upstream: connect({ ...target, allowHalfOpen: true }),
      random,
      totals,
      conditions: () => conditions,
    })
    links.add(link)
    void link.closed.then(() => links.delete(link))
  }
  const port = await withServer(server => listen(server, 0))
  let server: Server | null = null
  const settle = async (): Promise<void> => {
    if (conditions.isRefused && server !== null) {
      const closing = close(server)
      server = null
      await resetAll(links)
      await closing
    }
    if (!conditions.isRefused && server === null) {
      server = createServer({ noDelay: true, allowHalfOpen: true }, accept)
      await listen(server, port)
    }
    for (const link of links) link.wake()
  }
  await settle()
  return {
    port,
    set: async next => {
      conditions = { ...CLEAR, ...next }
      await settle()
    },
    counts: () => ({ ...totals, connections, open: links.size }),
    close: async () => {
      const closing = server === null ? Promise.resolve() : close(server)
      await resetAll(links)
      await closing
    },
  }
}

/** A free port, found by opening it once: the proxy must come back on the same one after it was refused. */
async function withServer(run: (server: Server) => Promise<number>): Promise<number> {
  const server = createServer()
  try {
    return await run(server)
  } finally {
    await close(server)
  }
}

async function resetAll(links: ReadonlySet<Link>): Promise<void> {
  const open = [...links]
  for (const link of open) link.reset()
  await Promise.all(open.map(link => link.closed))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => {
      resolve()
    })
  })
}
