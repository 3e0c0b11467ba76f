/** Health and metrics on a port: what is well, what is not and why, and never what was asked. */
import { request } from 'node:http'
import { Counter, Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHealthServer, type HealthServer } from '../../../src/app/work/health-server.js'
import { ChartcodeError } from '../../../src/model/errors.js'

let ready: () => Promise<void>
let server: HealthServer
const registry = new Registry()
new Counter({ name: 'chartcode_tests_total', help: 'Tests', registers: [registry] }).inc(3)

const start = (port: number): Promise<HealthServer> =>
  startHealthServer({ host: '127.0.0.1', port, registry, ready: () => ready() })

beforeEach(async () => {
  ready = () => Promise.resolve()
  server = await start(0)
})
afterEach(() => server.close())

const ask = async (address: string, method = 'GET') => {
  const response = await fetch(`http://127.0.0.1:${server.port}${address}`, { method })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

describe('the health port', () => {
  it('says that the process lives, whatever became of its backends', async () => {
    ready = () => Promise.reject(new ChartcodeError('store-unavailable', 'gone'))
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: '{"status":"live"}\n' })
  })

  it('says whether store and queue answer, and by which code they do not', async () => {
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: '{"status":"ready"}\n' })
    ready = () => Promise.reject(new ChartcodeError('queue-refused', 'at redis://:secret@host'))
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: '{"status":"not-ready","error":"queue-refused"}\n',
    })
    ready = () => Promise.reject(new TypeError('a message of another program'))
    expect((await ask('/health/ready')).body).toBe('{"status":"not-ready","error":"error"}\n')
  })

  it('has metrics for Prometheus', async () => {
    const { status, headers, body } = await ask('/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/plain')
    expect(body).toContain('chartcode_tests_total 3')
  })

  it.each([
    ['GET', '/'],
    ['GET', '/notes?name=Quillfeather'],
    ['GET', '/health/live?x=Quillfeather'],
    ['POST', '/health/live'],
    ['DELETE', '/metrics'],
  ])('answers %s %s with 404, and repeats nothing of it', async (method, address) => {
    const { status, body } = await ask(address, method)
    expect({ status, body }).toEqual({ status: 404, body: '{"status":"not-found"}\n' })
  })

  it('lets nobody keep an answer', async () => {
    expect((await ask('/health/ready')).headers.get('cache-control')).toBe('no-store')
  })

  it('says which port is taken', async () => {
    const second = start(server.port)
    await expect(second).rejects.toMatchObject({ code: 'usage' })
    await expect(second).rejects.toThrow(String(server.port))
  })

  it('closes while a client holds a connection', async () => {
    const held = request({ host: '127.0.0.1', port: server.port, path: '/health/live' })
    held.on('error', () => {})
    held.flushHeaders()
    await server.close()
    await expect(ask('/health/live')).rejects.toThrow()
    server = await start(0)
  })
})
