/**
 * The stores that the laws are run on: one on a private PostgreSQL, one on PGlite in a directory of its own, one in memory.
 * PGlite's thread runs from `dist`: `npm test` builds first; alone, these tests need `npm run build`.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore, type OpenedStore } from '../../src/store/open-store.js'
import type { AcceptedNote, Claim, NewNote, NoteOutcome, Store } from '../../src/store/store.js'
import { createMemoryStore } from '../fault/sim/memory-store.js'
import { startPostgres } from '../servers/postgres.js'

export const THREAD_FILE = path.join(import.meta.dirname, '..', '..', 'dist', 'workers', 'database-thread.js')
export const isBuilt = existsSync(THREAD_FILE)

export interface StoreUnderTest {
  readonly store: Store
  /** Null where there is none behind it. */
  readonly database: OpenedStore['database'] | null
  /** Empties every table. */
  readonly reset: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface DatabaseUnderTest extends StoreUnderTest {
  readonly database: OpenedStore['database']
}

/** Null where PostgreSQL is not installed. */
export async function openOnPostgres(): Promise<DatabaseUnderTest | null> {
  const server = await startPostgres()
  if (server === null) return null
  const opened = await openStore({ databaseUrl: server.url, directory: '', threadFile: '' })
  const stop = async (): Promise<void> => {
    await opened.store.close()
    await server.stop()
  }
  return { ...opened, reset: () => reset(opened), stop }
}

export async function openOnPglite(): Promise<DatabaseUnderTest | null> {
  if (!isBuilt) return null
  const opened = await openStore({ directory: newDirectory(), threadFile: THREAD_FILE })
  return { ...opened, reset: () => reset(opened), stop: () => opened.store.close() }
}

export function openInMemory(): StoreUnderTest {
  const empty = (): Store => createMemoryStore({ now: Date.now, newId: randomUUID })
  let store = empty()
  return {
    get store() {
      return store
    },
    database: null,
    reset: async () => void (store = empty()),
    stop: () => store.close(),
  }
}

/** Where an embedded database may be made. */
export function newDirectory(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'chartcode-store-')), 'database')
}

/** Those that others refer to come last. TRUNCATE takes ten times as long where there is little in them. */
const TABLES = ['idempotency_keys', 'leases', 'slots', 'quarantine', 'parts', 'results', 'attempts', 'work']
const REFERRED_TO = ['chunks', 'batches', 'notes']

async function reset({ database }: OpenedStore): Promise<void> {
  const tables = [...TABLES, ...REFERRED_TO]
  await database.query(tables.map(table => `DELETE FROM chartcode.${table};`).join('\n'))
}

export const PIPELINE = 'pipeline-1'

/** A note that no patient has had. */
export function noteOf(externalId: string, changes: Partial<NewNote> = {}): NewNote {
  const body = new Uint8Array(Buffer.from(JSON.stringify({ text: `Asthma. ${externalId}` })))
  return { facility: 'north', externalId, contentHash: 'a1', body, priority: 2, ...changes }
}

export function accept(store: Store, ...notes: readonly NewNote[]): Promise<readonly AcceptedNote[]> {
  return store.acceptNotes({ pipeline: PIPELINE, notes })
}

export async function acceptOne(store: Store, note: NewNote): Promise<AcceptedNote> {
  return (await accept(store, note))[0]!
}

let tokens = 0

/** A claim with a token of its own; throws where the work is not open. */
export async function claimOf(store: Store, workId: string, worker = 'worker-1'): Promise<Claim> {
  const claim = await store.claim({ workId, worker, token: `token-${++tokens}` })
  if (claim === null) throw new Error('the work is not open')
  return claim
}

export function outcomeOf(text: string): NoteOutcome {
  return { result: new Uint8Array(Buffer.from(text)), sha256: `sha-${text}`, candidates: 1 }
}

export const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8')
