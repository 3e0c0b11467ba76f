/**
 * An embedded database belongs to one process, and what that one acknowledged outlives it, however it ends.
 * Two that opened it at once lost half of each other's rows without an error.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/store/migrations/migrate.js'
import { openStore, type OpenedStore } from '../../../src/store/open-store.js'
import { acceptOne, isBuilt, newDirectory, noteOf, PIPELINE, THREAD_FILE } from '../store-under-test.js'

const SCRIPT = path.join(import.meta.dirname, 'accepting-process.ts')

const open = (directory: string): Promise<OpenedStore> => openStore({ directory, threadFile: THREAD_FILE })

interface Accepting {
  readonly process: ChildProcess
  readonly kill: () => Promise<void>
}

/** Resolves when the process has the database open. */
async function startAccepting(directory: string, prefix: string): Promise<Accepting> {
  const words = ['--import', 'tsx', SCRIPT, directory, THREAD_FILE, idsOf(directory), prefix]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  await Promise.race([once(child.stdout, 'data'), ended])
  return { process: child, kill }
}

const idsOf = (directory: string): string => `${directory}.ids`

function acknowledged(directory: string): string[] {
  const lines = existsSync(idsOf(directory)) ? readFileSync(idsOf(directory), 'utf8').split('\n') : []
  return lines.slice(0, -1)
}

async function untilAcknowledged(directory: string, count: number): Promise<void> {
  while (acknowledged(directory).length < count) await sleep(20)
}

describe.skipIf(!isBuilt)('an embedded database', () => {
  it('keeps a second process out within a second, and the first loses nothing by it', async () => {
    const directory = newDirectory()
    const first = await startAccepting(directory, 'first')
    try {
      await untilAcknowledged(directory, 50)
      for (let i = 0; i < 5; i++) {
        const started = performance.now()
        await expect(open(directory)).rejects.toMatchObject({
          code: 'store-held',
          message: expect.stringContaining(`process ${first.process.pid}`) as string,
        })
        expect(performance.now() - started).toBeLessThan(1000)
      }
      await untilAcknowledged(directory, acknowledged(directory).length + 50)
    } finally {
      await first.kill()
    }
    await expectAllThere(directory)
  })

  it('killed three times under load loses no note it acknowledged', async () => {
    const directory = newDirectory()
    for (const round of [1, 2, 3]) {
      const before = acknowledged(directory).length
      const accepting = await startAccepting(directory, `round-${round}`)
      try {
        await untilAcknowledged(directory, before + 150)
      } finally {
        await accepting.kill()
      }
      await expectAllThere(directory)
    }
    expect(acknowledged(directory).length).toBeGreaterThanOrEqual(450)
  })

  it('is for its owner alone, keeps its notes when closed, and can be opened again', async () => {
    const directory = newDirectory()
    const first = await open(directory)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    const { noteId } = await acceptOne(first.store, noteOf('a'))
    await first.store.close()
    await first.store.close()
    await expect(first.store.ping()).rejects.toMatchObject({ code: 'store-unavailable' })
    const second = await open(directory)
    expect(await second.store.noteState(noteId, PIPELINE)).toBe('open')
    await second.store.close()
  })

  it('made by a newer version is refused, and let go', async () => {
    const directory = newDirectory()
    const { store, database } = await open(directory)
    const next = MIGRATIONS.length + 1
    await database.query('INSERT INTO chartcode.migrations (number, name) VALUES ($1, $2)', [next, 'next'])
    await store.close()
    for (const _ of [1, 2]) await expect(open(directory)).rejects.toMatchObject({ code: 'store-version' })
  })

  it('whose thread does not start is let go', async () => {
    const directory = newDirectory()
    const broken = { directory, threadFile: path.join(directory, 'nowhere.js') }
    for (const _ of [1, 2])
      await expect(openStore(broken)).rejects.toMatchObject({ code: 'store-unavailable' })
  })

  it('leaves the event loop free while it works', async () => {
    const { store } = await open(newDirectory())
    let longest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const notes = Array.from({ length: 500 }, (_, i) => noteOf(`n${i}`))
    for (const pipeline of ['p1', 'p2', 'p3', 'p4']) await store.acceptNotes({ pipeline, notes })
    clearInterval(timer)
    await store.close()
    // In the main thread a timer of 5 ms came once in 773 ms.
    expect(longest).toBeLessThan(250)
  })
})

async function expectAllThere(directory: string): Promise<void> {
  const { store } = await open(directory)
  const lost: string[] = []
  for (const noteId of acknowledged(directory))
    if ((await store.noteState(noteId, PIPELINE)) !== 'open') lost.push(noteId)
  await store.close()
  expect(lost).toEqual([])
}
