/**
 * PostgreSQL that is not there, refuses, is too new, or is killed: every call answers in time with the right
 * code, and what was acknowledged is there afterwards.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/store/migrations/migrate.js'
import { openStore, type OpenedStore } from '../../../src/store/open-store.js'
import { createRetryingStore } from '../../../src/store/retrying-store.js'
import type { Store } from '../../../src/store/store.js'
import { startPostgres } from '../../servers/postgres.js'
import { acceptOne, noteOf, PIPELINE } from '../store-under-test.js'

const server = await startPostgres()
const open = (databaseUrl: string): Promise<OpenedStore> =>
  openStore({ databaseUrl, directory: '', threadFile: '' })

describe.skipIf(server === null)('PostgreSQL', () => {
  const url = server?.url ?? ''
  afterAll(() => server?.stop())

  /** How long the call took, and with which code it failed. */
  async function failureOf(
    call: () => Promise<unknown>,
  ): Promise<{ code: unknown; ms: number; text: string }> {
    const started = performance.now()
    try {
      await call()
      return { code: 'none', ms: performance.now() - started, text: '' }
    } catch (error) {
      const { code, message } = error as { code: unknown; message: string }
      return { code, ms: performance.now() - started, text: message }
    }
  }

  it.each([
    ['a wrong password', 'store-refused', (good: string) => good.replace(/:[^:@]+@/, ':wrong@')],
    ['no password', 'store-refused', (good: string) => good.replace(/:[^:@]+@/, '@')],
    ['an unknown database', 'store-refused', (good: string) => good.replace(/\/postgres$/, '/unknown')],
    ['TLS that the server has not', 'store-refused', (good: string) => `${good}?sslmode=require`],
    ['a port where nothing listens', 'store-unavailable', () => 'postgres://u:p@127.0.0.1:9/postgres'],
  ])('with %s fails with %s', async (_, code, change) => {
    const failure = await failureOf(() => open(change(url)))
    expect(failure.code).toBe(code)
    expect(failure.ms).toBeLessThan(2500)
    expect(failure.text).not.toMatch(/wrong|unknown|127\.0\.0\.1/)
  })

  it('that takes connections and never answers fails in time', async () => {
    const mute = await listen(() => undefined)
    try {
      const failure = await failureOf(() => open(`postgres://u:p@127.0.0.1:${mute.port}/postgres`))
      expect(failure).toMatchObject({ code: 'store-unavailable' })
      expect(failure.ms).toBeLessThan(2500)
    } finally {
      await mute.close()
    }
  })

  it('is migrated once by processes that start at the same time', async () => {
    const opened = await Promise.all([open(url), open(url), open(url)])
    const { rows } = await opened[0].database.query(
      'SELECT number, name FROM chartcode.migrations ORDER BY number',
    )
    expect(rows).toEqual(MIGRATIONS.map(({ number, name }) => ({ number, name })))
    await Promise.all(opened.map(({ store }) => store.close()))
  })

  it('made by a newer version is refused', async () => {
    const { database } = await open(url)
    const next = MIGRATIONS.length + 1
    await database.query('INSERT INTO chartcode.migrations (number, name) VALUES ($1, $2)', [next, 'next'])
    expect(await failureOf(() => open(url))).toMatchObject({ code: 'store-version' })
    await database.query('DELETE FROM chartcode.migrations WHERE number = $1', [next])
    await database.close()
  })

  it('killed five times under load loses no note it acknowledged, and is back within five seconds', async () => {
    const { store } = await open(url)
    const acknowledged: string[] = []
    for (let round = 1; round <= 5; round++) {
      const load = produce(store, `round-${round}`, acknowledged)
      await sleep(400)
      await server?.kill9()
      const failure = await failureOf(() => store.ping())
      expect(failure.code).toBe('store-unavailable')
      expect(failure.ms).toBeLessThan(2500)
      expect(await load.stop()).toBe('store-unavailable')

      const patient = createRetryingStore(store, { totalMs: 20_000 })
      const late = acceptOne(patient, noteOf(`late-${round}`))
      await server?.restart()
      const restarted = performance.now()
      acknowledged.push((await late).noteId)
      expect(performance.now() - restarted).toBeLessThan(5000)
    }
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(await lostOf(store, acknowledged)).toEqual([])
    const { accepted, open: left } = await store.counts()
    expect(accepted).toBe(left)
    await store.close()
  })

  it('that answers no more in the middle of a call fails it within six seconds', async () => {
    const target = new URL(url)
    let isMute = false
    const proxy = await listen(near => forward(near, Number(target.port), () => isMute))
    const { store } = await open(url.replace(`:${target.port}`, `:${proxy.port}`))
    try {
      await store.ping()
      isMute = true
      const failure = await failureOf(() => store.ping())
      expect(failure.code).toBe('store-unavailable')
      expect(failure.ms).toBeLessThan(6000)
      isMute = false
      await store.ping()
    } finally {
      await store.close()
      await proxy.close()
    }
  })
})

/** Four that accept notes one after the other until a call fails; answers with its code. */
function produce(store: Store, name: string, acknowledged: string[]): { stop: () => Promise<unknown> } {
  const one = async (at: number): Promise<unknown> => {
    for (let i = 0; ; i++) {
      try {
        acknowledged.push((await acceptOne(store, noteOf(`${name}-${at}-${i}`))).noteId)
      } catch (error) {
        return (error as { code: unknown }).code
      }
    }
  }
  const all = Promise.all([0, 1, 2, 3].map(one))
  return { stop: async () => (await all)[0] }
}

async function lostOf(store: Store, noteIds: readonly string[]): Promise<string[]> {
  const lost: string[] = []
  for (const noteId of noteIds) if ((await store.noteState(noteId, PIPELINE)) !== 'open') lost.push(noteId)
  return lost
}

async function listen(
  onSocket: (socket: Socket) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const listener: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    listener.close()
    await once(listener, 'close')
  }
  return { port: (listener.address() as AddressInfo).port, close }
}

function forward(near: Socket, port: number, isMute: () => boolean): void {
  const far = connect(port, '127.0.0.1')
  far.on('error', () => undefined)
  near.on('data', bytes => far.write(bytes))
  far.on('data', bytes => isMute() || near.write(bytes))
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
}
