/**
 * A database that does a call and loses the reply, or loses the call: asked again by a retrying store, nothing
 * is lost and nothing is done twice.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Database } from '../../../src/store/database.js'
import { createRetryingStore } from '../../../src/store/retrying-store.js'
import { createSqlStore } from '../../../src/store/sql-store.js'
import { claimOf, noteOf, outcomeOf, PIPELINE, textOf } from '../store-under-test.js'
import { BATCH, chunkOutcome } from './batches.js'

/** Of the calls one in ten is lost before it happens, and one in ten after. */
function unreliable(database: Database, random: () => number): Database {
  const lose = async <T>(call: () => Promise<T>): Promise<T> => {
    const lost = new ChartcodeError('store-unavailable', 'lost by the test')
    const fate = random()
    if (fate < 0.1) throw lost
    const answer = await call()
    if (fate > 0.9) throw lost
    return answer
  }
  return {
    ...database,
    query: (text, values) => lose(() => database.query(text, values)),
    transaction: run => lose(() => database.transaction(run)),
  }
}

export function lostReplyLaws(database: () => Database): void {
  it('each note has one result and each chunk is counted once', { timeout: 120_000 }, async () => {
    const [seed] = fc.sample(fc.nat(), 1)
    const random = seeded(seed ?? 0)
    const store = createRetryingStore(createSqlStore(unreliable(database(), random)), { totalMs: 60_000 })
    const notes = Array.from({ length: 25 }, (_, i) => noteOf(`n${i}`))
    const accepted = await store.acceptNotes({ pipeline: PIPELINE, notes })
    await store.createBatch(BATCH)
    const work = async (workId: string): Promise<void> => {
      const claim = await claimOf(store, workId)
      const isCommitted =
        claim.work.kind === 'chunk'
          ? store.commitChunk(
              claim,
              chunkOutcome(1, [{ reason: 'note-memory', stage: 'detect', attempts: 1, sha256: '' }]),
            )
          : store.commitNote(claim, outcomeOf(claim.work.externalId))
      expect(await isCommitted).toBe(true)
    }
    // What was taken by a call whose reply was lost is found as dispatched for too long.
    const isOpen = async (): Promise<boolean> =>
      (await store.counts()).open > 0 || (await store.batch(BATCH.batchId))?.state === 'running'
    for (let round = 0; round < 100 && (await isOpen()); round++) {
      for (const { workId } of await store.takeForDispatch(100)) await work(workId)
      await store.takeBackDispatch(await store.dispatchedBefore({ milliseconds: 0, limit: 100 }))
    }
    expect(await store.counts(), `seed ${seed}`).toEqual({ accepted: 25, done: 25, quarantined: 0, open: 0 })
    for (const [i, { noteId }] of accepted.entries())
      expect(textOf((await store.result(noteId, PIPELINE))?.result)).toBe(`n${i}`)
    expect(await store.batch(BATCH.batchId)).toMatchObject({
      state: 'coded',
      chunksDone: 3,
      counts: { coded: 3 },
    })
    expect(await store.quarantined({ limit: 100 })).toHaveLength(3)
  })
}

/** Park and Miller's generator. */
function seeded(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
