/**
 * Health and metrics of a worker on a port of this machine: `/health/live` (the process answers),
 * `/health/ready` (store and queue answer), `/metrics` (Prometheus). Any other address is 404, and no answer
 * repeats what was asked.
 */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import { ChartcodeError } from '../../model/errors.js'

export interface HealthRequest {
  readonly host: string
  readonly port: number
  readonly registry: Registry
  /** Rejects where something does not answer. */
  readonly ready: () => Promise<void>
}

export interface HealthServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Throws `usage` where the port is taken. */
export async function startHealthServer(request: HealthRequest): Promise<HealthServer> {
  const server = createServer((message, response) => {
    void answer(message.method === 'GET' ? message.url : undefined, response, request)
  })
  await listen(server, request)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : request.port,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}

async function answer(
  url: string | undefined,
  response: ServerResponse,
  request: HealthRequest,
): Promise<void> {
  if (url === '/health/live') return say(response, 200, { status: 'live' })
  if (url === '/health/ready') {
    const error = await request.ready().then(
      () => null,
      (reason: unknown) => (reason instanceof ChartcodeError ? reason.code : 'error'),
    )
    if (error === null) return say(response, 200, { status: 'ready' })
    return say(response, 503, { status: 'not-ready', error })
  }
  if (url !== '/metrics') return say(response, 404, { status: 'not-found' })
  response.writeHead(200, { 'content-type': request.registry.contentType })
  response.end(await request.registry.metrics())
}

function say(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(body)}\n`)
}

function listen(server: Server, { host, port }: HealthRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program has it' : 'it cannot be opened'
      reject(new ChartcodeError('usage', `--health-port ${port}: ${why}; give another one`, { cause }))
    })
    server.listen(port, host, resolve)
  })
}
