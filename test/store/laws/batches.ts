/** Batches: chunks are work, parts come in order, and a batch ends when no chunk is open. */
import { expect, it } from 'vitest'
import type { NewBatch, NewQuarantine, Store } from '../../../src/store/store.js'
import { claimOf } from '../store-under-test.js'

export const BATCH: NewBatch = {
  batchId: 'batch-1',
  facility: 'north',
  priority: 3,
  pipeline: 'pipeline-1',
  manifest: { inputs: ['notes.ndjson'], odd: 'NUL \0, \ud800' },
  chunks: [0, 1, 2].map(number => ({ number, place: { start: number * 100 }, notes: 10 + number })),
}

/** Takes all chunks; in the order of the batch. */
export async function claimChunks(store: Store) {
  const taken = await store.takeForDispatch(100)
  return Promise.all(taken.map(({ workId }) => claimOf(store, workId)))
}

export function chunkOutcome(coded: number, quarantined: readonly NewQuarantine[] = []) {
  return { counts: { coded, failed: quarantined.length }, part: { file: `part-${coded}` }, quarantined }
}

export function batchLaws(store: () => Store): void {
  it('gives the chunks out in their order, with their places', async () => {
    await store().createBatch(BATCH)
    const claims = await claimChunks(store())
    expect(claims.map(({ work }) => work)).toEqual(
      BATCH.chunks.map(({ number, place }) => ({ kind: 'chunk', batchId: 'batch-1', number, place })),
    )
  })

  it('creates a batch once', async () => {
    await store().createBatch(BATCH)
    await store().createBatch({ ...BATCH, facility: 'south', chunks: [] })
    const batch = await store().batch('batch-1')
    expect(batch).toMatchObject({ facility: 'north', manifest: BATCH.manifest, chunks: 3, chunksDone: 0 })
    expect(await store().takeForDispatch(10)).toHaveLength(3)
  })

  it('creates a batch once where it comes twice at the same time', async () => {
    await Promise.all([store().createBatch(BATCH), store().createBatch(BATCH)])
    expect(await store().takeForDispatch(10)).toHaveLength(3)
  })

  it('runs until no chunk is open, then is coded, then finished', async () => {
    await store().createBatch(BATCH)
    for (const [at, claim] of (await claimChunks(store())).entries()) {
      expect(await store().batch('batch-1')).toMatchObject({ state: 'running', chunksDone: at })
      expect(await store().commitChunk(claim, chunkOutcome(at + 1))).toBe(true)
    }
    const coded = await store().batch('batch-1')
    expect(coded).toMatchObject({ state: 'coded', chunksDone: 3, counts: { coded: 6, failed: 0 } })
    expect(coded?.finished).toBeNull()
    await store().finishBatch('batch-1')
    const finished = await store().batch('batch-1')
    expect(finished?.state).toBe('finished')
    expect(finished?.finished).toBeInstanceOf(Date)
  })

  it('is not finished while a chunk is open', async () => {
    await store().createBatch(BATCH)
    const [claim] = await claimChunks(store())
    await store().commitChunk(claim!, chunkOutcome(1))
    await store().finishBatch('batch-1')
    expect(await store().batch('batch-1')).toMatchObject({ state: 'running', finished: null })
  })

  it('is coded where its last chunks end at the same moment', async () => {
    await store().createBatch(BATCH)
    const claims = await claimChunks(store())
    await Promise.all(claims.map(claim => store().commitChunk(claim, chunkOutcome(1))))
    expect(await store().batch('batch-1')).toMatchObject({ state: 'coded', counts: { coded: 3 } })
  })

  it('is coded without chunks', async () => {
    await store().createBatch({ ...BATCH, chunks: [] })
    expect(await store().batch('batch-1')).toMatchObject({ state: 'coded', chunks: 0, counts: {} })
  })

  it('counts a chunk once that is committed twice, with its quarantined notes', async () => {
    await store().createBatch(BATCH)
    const [claim] = await claimChunks(store())
    const failed = { reason: 'note-memory', stage: 'detect', attempts: 2, sha256: 'abc', unit: 4 } as const
    expect(await store().commitChunk(claim!, chunkOutcome(5, [failed]))).toBe(true)
    expect(await store().commitChunk(claim!, chunkOutcome(5, [failed]))).toBe(true)
    expect(await store().batch('batch-1')).toMatchObject({ chunksDone: 1, counts: { coded: 5, failed: 1 } })
    expect(await store().quarantined({ limit: 10 })).toHaveLength(1)
  })

  it('takes no chunk of an older attempt', async () => {
    await store().createBatch(BATCH)
    const [old] = await claimChunks(store())
    const latest = await claimOf(store(), old!.workId)
    expect(await store().commitChunk(old!, chunkOutcome(1))).toBe(false)
    expect(await store().commitChunk(latest, chunkOutcome(2))).toBe(true)
    expect(await store().parts({ batchId: 'batch-1', from: 0, limit: 10 })).toEqual([
      { number: 0, attempt: 2, part: { file: 'part-2' } },
    ])
  })

  it('tells the parts that are done in order, from any on', async () => {
    await store().createBatch(BATCH)
    const claims = await claimChunks(store())
    await store().commitChunk(claims[2]!, chunkOutcome(3))
    await store().commitChunk(claims[0]!, chunkOutcome(1))
    const numbers = async (from: number, limit: number): Promise<number[]> =>
      (await store().parts({ batchId: 'batch-1', from, limit })).map(({ number }) => number)
    expect(await numbers(0, 10)).toEqual([0, 2])
    expect(await numbers(1, 10)).toEqual([2])
    expect(await numbers(0, 1)).toEqual([0])
  })

  it('keeps chunks out of the counts of notes', async () => {
    await store().createBatch(BATCH)
    expect(await store().counts()).toEqual({ accepted: 0, done: 0, quarantined: 0, open: 0 })
  })

  it('lists the newest batch first, and finds none that is not there', async () => {
    for (const batchId of ['b1', 'b2', 'b3']) await store().createBatch({ ...BATCH, batchId })
    expect((await store().batches(2)).map(({ batchId }) => batchId)).toEqual(['b3', 'b2'])
    expect(await store().batch('unknown')).toBeNull()
    expect(await store().batch('NUL \0')).toBeNull()
    expect(await store().parts({ batchId: '\ud800', from: 0, limit: 1 })).toEqual([])
  })
}
