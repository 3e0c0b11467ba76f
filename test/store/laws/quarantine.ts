/** What could not be coded is kept with its reason, and can be given another try. */
import { expect, it } from 'vitest'
import type { NewQuarantine, Store } from '../../../src/store/store.js'
import { acceptOne, claimOf, noteOf, outcomeOf, PIPELINE } from '../store-under-test.js'
import { BATCH, chunkOutcome, claimChunks } from './batches.js'

const DEADLINE: NewQuarantine = { reason: 'note-deadline', stage: 'detect', attempts: 2, sha256: 'abc' }

export function quarantineLaws(store: () => Store): void {
  const quarantineNote = async (id: string) => {
    const { noteId, workId } = await acceptOne(store(), noteOf(id))
    const claim = await claimOf(store(), workId)
    expect(await store().quarantine(claim, { ...DEADLINE, externalId: id })).toBe(true)
    return { noteId, workId, claim }
  }
  const all = () => store().quarantined({ limit: 100 })

  it('ends a note with its reason, once', async () => {
    const { noteId, workId, claim } = await quarantineNote('a')
    expect(await store().quarantine(claim, DEADLINE)).toBe(true)
    const [entry, ...others] = await all()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ ...DEADLINE, externalId: 'a', workId, batchId: null, chunk: null })
    expect(entry?.replayed).toBeNull()
    expect(entry?.at).toBeInstanceOf(Date)
    expect(await store().quarantineEntry(entry!.quarantineId)).toEqual(entry)
    expect(await store().noteState(noteId, PIPELINE)).toBe('quarantined')
    expect(await store().counts()).toEqual({ accepted: 1, done: 0, quarantined: 1, open: 0 })
    expect(await store().claim({ workId, worker: 'w', token: 't' })).toBeNull()
  })

  it('keeps a result out that comes after the quarantine', async () => {
    const { noteId, claim } = await quarantineNote('a')
    expect(await store().commitNote(claim, outcomeOf('late'))).toBe(false)
    expect(await store().result(noteId, PIPELINE)).toBeNull()
  })

  it('lists entries page by page, all or those of a batch', async () => {
    for (const id of ['a', 'b', 'c']) await quarantineNote(id)
    await store().createBatch(BATCH)
    const [claim] = await claimChunks(store())
    await store().commitChunk(claim!, chunkOutcome(5, [{ ...DEADLINE, unit: 7 }]))
    const first = await store().quarantined({ limit: 2 })
    const rest = await store().quarantined({ after: first[1]!.quarantineId, limit: 10 })
    expect([...first, ...rest].map(({ externalId }) => externalId)).toEqual(['a', 'b', 'c', undefined])
    const ofBatch = await store().quarantined({ batchId: 'batch-1', limit: 10 })
    expect(ofBatch).toMatchObject([{ batchId: 'batch-1', chunk: 0, unit: 7, reason: 'note-deadline' }])
    expect(await store().quarantined({ batchId: 'other', limit: 10 })).toEqual([])
    expect(await store().quarantined({ batchId: 'NUL \0', limit: 10 })).toEqual([])
    expect(await store().quarantineEntry('unknown')).toBeNull()
    expect(await store().quarantineEntry('\0')).toBeNull()
  })

  it('opens a note again with no attempts', async () => {
    const { noteId, workId } = await quarantineNote('a')
    const [entry] = await all()
    expect(await store().replay([entry!.quarantineId, 'unknown', '\0'])).toBe(1)
    expect(await store().counts()).toEqual({ accepted: 1, done: 0, quarantined: 0, open: 1 })
    expect(await store().takeForDispatch(10)).toEqual([{ workId, priority: 2 }])
    const claim = await claimOf(store(), workId)
    expect(claim).toMatchObject({ attempt: 1, unended: 0 })
    expect(await store().commitNote(claim, outcomeOf('second try'))).toBe(true)
    expect(await store().noteState(noteId, PIPELINE)).toBe('done')
    expect((await store().quarantineEntry(entry!.quarantineId))?.replayed).toBeInstanceOf(Date)
  })

  it('replays an entry once, also where it is asked for twice at the same time', async () => {
    await quarantineNote('a')
    const ids = (await all()).map(({ quarantineId }) => quarantineId)
    const opened = await Promise.all([store().replay(ids), store().replay(ids)])
    expect(opened.sort()).toEqual([0, 1])
    expect(await store().replay(ids)).toBe(0)
  })

  it('fences an attempt of before the replay out, though its number comes again', async () => {
    const { noteId, workId, claim: old } = await quarantineNote('a')
    await store().replay((await all()).map(({ quarantineId }) => quarantineId))
    const latest = await claimOf(store(), workId)
    expect(latest.attempt).toBe(old.attempt)
    expect(await store().commitNote(old, outcomeOf('zombie'))).toBe(false)
    expect(await store().quarantine(old, DEADLINE)).toBe(false)
    expect(await store().commitNote(latest, outcomeOf('latest'))).toBe(true)
    expect(await store().result(noteId, PIPELINE)).toMatchObject({ sha256: 'sha-latest' })
  })

  it('runs a finished batch again for one of its notes, and counts the chunk anew', async () => {
    await store().createBatch(BATCH)
    const claims = await claimChunks(store())
    const failed = [1, 2].map(unit => ({ ...DEADLINE, unit }))
    await store().commitChunk(claims[0]!, chunkOutcome(8, failed))
    await store().commitChunk(claims[1]!, chunkOutcome(11))
    await store().commitChunk(claims[2]!, chunkOutcome(12))
    await store().finishBatch('batch-1')
    const [entry] = await all()
    expect(await store().replay([entry!.quarantineId])).toBe(1)
    const running = await store().batch('batch-1')
    expect(running).toMatchObject({ state: 'running', finished: null, chunksDone: 2, counts: { coded: 23 } })
    expect((await all()).map(({ replayed }) => replayed === null)).toEqual([false, false])

    const [again] = await claimChunks(store())
    await store().commitChunk(again!, chunkOutcome(9, [failed[1]!]))
    const coded = await store().batch('batch-1')
    expect(coded).toMatchObject({ state: 'coded', chunksDone: 3, counts: { coded: 32, failed: 1 } })
    expect((await all()).filter(({ replayed }) => replayed === null)).toMatchObject([{ unit: 2 }])
  })

  it('ends a chunk that cannot be done at all, and its batch without it', async () => {
    await store().createBatch({ ...BATCH, chunks: BATCH.chunks.slice(0, 1) })
    const [claim] = await claimChunks(store())
    await store().quarantine(claim!, { ...DEADLINE, reason: 'process-died' })
    expect(await store().batch('batch-1')).toMatchObject({ state: 'coded', chunks: 1, chunksDone: 0 })
    expect(await all()).toMatchObject([{ batchId: 'batch-1', chunk: 0, reason: 'process-died' }])
  })
}
