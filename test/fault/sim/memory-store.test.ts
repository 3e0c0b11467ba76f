/** The store in memory keeps the laws of the port; the suites of the real stores are the measure of those. */
import { beforeEach, describe, expect, it } from 'vitest'
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Claim, NewNote, Store } from '../../../src/store/store.js'
import { createMemoryStore } from './memory-store.js'

const PIPELINE = 'one'
let [now, store]: [number, Store] = [0, emptyStore()]

function emptyStore(): Store {
  let ids = 0
  return createMemoryStore({ now: () => now, newId: () => `id-${++ids}` })
}

beforeEach(() => {
  now = 1_000
  store = emptyStore()
})

const note = (externalId: string, other: Partial<NewNote> = {}): NewNote => ({
  facility: 'north',
  externalId,
  contentHash: `hash of ${externalId}`,
  body: Buffer.from(externalId),
  priority: 2,
  ...other,
})
const outcome = (name: string): { result: Uint8Array; sha256: string; candidates: number } => ({
  result: Buffer.from(name),
  sha256: name,
  candidates: 1,
})
const entry = { reason: 'process-died', stage: 'detect', attempts: 1, sha256: 'x' } as const

async function acceptOne(externalId = 'a'): Promise<{ readonly workId: string; readonly noteId: string }> {
  const [accepted] = await store.acceptNotes({ pipeline: PIPELINE, notes: [note(externalId)] })
  return accepted!
}

async function claim(workId: string, token: string): Promise<Claim> {
  const claimed = await store.claim({ workId, worker: 'w', token })
  if (claimed === null) throw new TypeError('the work is not open')
  return claimed
}

describe('acceptance', () => {
  it('takes a note once, and again for another pipeline', async () => {
    const [first] = await store.acceptNotes({ pipeline: PIPELINE, notes: [note('a')] })
    const [again] = await store.acceptNotes({ pipeline: PIPELINE, notes: [note('a')] })
    const [other] = await store.acceptNotes({ pipeline: 'two', notes: [note('a')] })
    expect(again).toEqual({ ...first, isNew: false })
    expect(other).toMatchObject({ noteId: first?.noteId, isNew: true })
    expect(other?.workId).not.toBe(first?.workId)
  })

  it('answers a key with what it answered before, and refuses it for another request', async () => {
    const accept = (externalId: string, requestHash: string): ReturnType<Store['acceptNotes']> =>
      store.acceptNotes({
        pipeline: PIPELINE,
        notes: [note(externalId)],
        idempotency: { key: 'k', requestHash },
      })
    const [first] = await accept('a', 'h')
    expect(await accept('a', 'h')).toEqual([{ ...first, isNew: false }])
    await expect(accept('b', 'other')).rejects.toMatchObject({ code: 'key-conflict' })
    await expect(accept('b', 'other')).rejects.toBeInstanceOf(ChartcodeError)
    expect(await store.counts()).toEqual({ accepted: 1, done: 0, quarantined: 0, open: 1 })
  })
})

describe('dispatch', () => {
  it('is by priority, then one facility after the other, then by arrival', async () => {
    const notes = [
      note('n1'),
      note('n2'),
      note('n3'),
      note('s1', { facility: 'south' }),
      note('s2', { facility: 'south' }),
      note('bulk', { priority: 3 }),
      note('stat', { priority: 1 }),
    ]
    const accepted = await store.acceptNotes({ pipeline: PIPELINE, notes })
    const nameOf = new Map(accepted.map(({ workId }, at) => [workId, notes[at]?.externalId]))
    const names = async (limit: number): Promise<unknown> =>
      (await store.takeForDispatch(limit)).map(({ workId }) => nameOf.get(workId))
    expect(await names(3)).toEqual(['stat', 'n1', 's1'])
    // The round goes on behind the facility that was last.
    expect(await names(9)).toEqual(['n2', 's2', 'n3', 'bulk'])
    expect(await names(9)).toEqual([])
    expect(await store.countDispatched()).toBe(7)
  })

  it('that is old enough is asked for, taken back and made again', async () => {
    const { workId } = await acceptOne()
    await store.takeForDispatch(1)
    now += 500
    expect(await store.dispatchedBefore({ milliseconds: 500, limit: 9 })).toEqual([])
    expect(await store.dispatchedBefore({ milliseconds: 499, limit: 9 })).toEqual([workId])
    await store.takeBackDispatch([workId, 'of nobody'])
    expect(await store.takeForDispatch(9)).toEqual([{ workId, priority: 2 }])
  })
})

describe('the fence', () => {
  it('lets only the latest attempt commit, which may say so twice', async () => {
    const { workId, noteId } = await acceptOne()
    const [first, second] = [await claim(workId, 'one'), await claim(workId, 'two')]
    expect([first, second]).toMatchObject([
      { attempt: 1, unended: 0 },
      { attempt: 2, unended: 1 },
    ])
    expect(await store.commitNote(first, outcome('first'))).toBe(false)
    expect(await store.commitNote(second, outcome('second'))).toBe(true)
    expect(await store.commitNote(second, outcome('second'))).toBe(true)
    expect(await store.commitNote(first, outcome('first'))).toBe(false)
    expect(await store.quarantine(second, entry)).toBe(false)
    expect(await store.result(noteId, PIPELINE)).toMatchObject({ attempt: 2, sha256: 'second' })
    expect(await store.claim({ workId, worker: 'w', token: 'three' })).toBeNull()
    expect(await store.counts()).toEqual({ accepted: 1, done: 1, quarantined: 0, open: 0 })
  })

  it('gives the same token the same attempt', async () => {
    const { workId } = await acceptOne()
    expect(await claim(workId, 'one')).toEqual(await claim(workId, 'one'))
  })

  it('does not count what was given back, nor let it commit, and has it dispatched again', async () => {
    const { workId } = await acceptOne()
    await store.takeForDispatch(1)
    const first = await claim(workId, 'one')
    await store.giveBack(first)
    expect(await store.takeForDispatch(1)).toHaveLength(1)
    expect(await store.commitNote(first, outcome('first'))).toBe(false)
    expect(await claim(workId, 'two')).toMatchObject({ attempt: 2, unended: 0 })
  })

  it('knows the attempt of before a replay from the one with its number after it', async () => {
    const { workId, noteId } = await acceptOne()
    const old = await claim(workId, 'one')
    expect(await store.quarantine(old, entry)).toBe(true)
    expect(await store.noteState(noteId, PIPELINE)).toBe('quarantined')
    const [quarantined] = await store.quarantined({ limit: 9 })
    expect(await store.replay([quarantined!.quarantineId, 'of nobody'])).toBe(1)
    expect(await store.replay([quarantined!.quarantineId])).toBe(0)
    expect(await store.quarantine(old, entry)).toBe(false)
    expect(await store.commitNote(old, outcome('old'))).toBe(false)
    const latest = await claim(workId, 'two')
    expect(latest).toMatchObject({ attempt: old.attempt, unended: 0 })
    expect(await store.commitNote(old, outcome('old'))).toBe(false)
    expect(await store.commitNote(latest, outcome('latest'))).toBe(true)
  })
})

describe('a batch', () => {
  it('is coded when its chunks are, sums their counts once, and runs again when one is replayed', async () => {
    const chunks = [0, 1].map(number => ({ number, place: {}, notes: 5 }))
    const batch = {
      batchId: 'b',
      facility: '',
      priority: 3,
      pipeline: PIPELINE,
      manifest: {},
      chunks,
    } as const
    await store.createBatch(batch)
    await store.createBatch(batch)
    const work = await store.takeForDispatch(9)
    expect(work).toHaveLength(2)
    for (const { workId } of work) {
      const claimed = await claim(workId, 't')
      const quarantined =
        claimed.work.kind === 'chunk' && claimed.work.number === 1 ? [{ ...entry, unit: 3 }] : []
      const record = { counts: { coded: 4 }, part: { of: workId }, quarantined }
      expect(await store.commitChunk(claimed, record)).toBe(true)
      expect(await store.commitChunk(claimed, record)).toBe(true)
    }
    expect(await store.batch('b')).toMatchObject({ state: 'coded', chunksDone: 2, counts: { coded: 8 } })
    expect(await store.parts({ batchId: 'b', from: 1, limit: 9 })).toMatchObject([{ number: 1, attempt: 1 }])
    await store.finishBatch('b')
    const entries = await store.quarantined({ batchId: 'b', limit: 9 })
    expect(entries).toMatchObject([{ unit: 3, chunk: 1, replayed: null }])
    expect(await store.replay(entries.map(({ quarantineId }) => quarantineId))).toBe(1)
    expect(await store.batch('b')).toMatchObject({ state: 'running', chunksDone: 1, counts: { coded: 4 } })
    // Chunks stand beside the notes.
    expect(await store.counts()).toMatchObject({ accepted: 0 })
  })
})

describe('leases and slots', () => {
  it('have one holder until the time is over; the holder may renew', async () => {
    const take = (holder: string): Promise<boolean> =>
      store.takeLease({ name: 'l', holder, milliseconds: 100 })
    expect([await take('a'), await take('b')]).toEqual([true, false])
    now += 60
    expect(await take('a')).toBe(true)
    now += 60
    expect(await take('b')).toBe(false)
    now += 60
    expect(await take('b')).toBe(true)
    await store.endLease('l', 'a')
    expect(await take('a')).toBe(false)
    await store.endLease('l', 'b')
    expect(await take('a')).toBe(true)
  })

  it('are run once, and by another where the first one is gone', async () => {
    const take = (slot: string, holder: string): Promise<boolean> =>
      store.takeSlot({ schedule: 'nightly', slot, holder, milliseconds: 100 })
    expect([await take('05-01', 'a'), await take('05-01', 'b')]).toEqual([true, false])
    now += 200
    expect(await take('05-01', 'b')).toBe(true)
    await store.endSlot('nightly', '05-01')
    now += 200
    expect([await take('05-01', 'a'), await take('05-01', 'b')]).toEqual([false, false])
    expect(await store.lastSlot('nightly')).toBe('05-01')
    expect(await store.lastSlot('weekly')).toBeNull()
  })
})
