/** Notes are accepted once, whole requests or nothing, whatever comes twice or at the same time. */
import { expect, it } from 'vitest'
import type { Store } from '../../../src/store/store.js'
import { accept, acceptOne, claimOf, noteOf, outcomeOf, PIPELINE } from '../store-under-test.js'

export function acceptanceLaws(store: () => Store): void {
  it('answers in the order given, with ids of its own', async () => {
    const accepted = await accept(store(), noteOf('c'), noteOf('a'), noteOf('b'))
    expect(accepted.map(({ isNew }) => isNew)).toEqual([true, true, true])
    expect(new Set(accepted.flatMap(({ noteId, workId }) => [noteId, workId])).size).toBe(6)
    const claims = await Promise.all(accepted.map(({ workId }) => claimOf(store(), workId)))
    expect(claims.map(({ work }) => work.kind === 'note' && work.externalId)).toEqual(['c', 'a', 'b'])
    expect(claims.map(({ work }) => work.kind === 'note' && work.noteId)).toEqual(
      accepted.map(({ noteId }) => noteId),
    )
  })

  it('accepts nothing where there is nothing', async () => {
    expect(await accept(store())).toEqual([])
  })

  it('knows the same facility, id, content and pipeline again', async () => {
    const first = await acceptOne(store(), noteOf('a'))
    expect(await acceptOne(store(), noteOf('a'))).toEqual({ ...first, isNew: false })
  })

  it.each([
    ['facility', { facility: 'south' }],
    ['id', { externalId: 'b' }],
    ['content', { contentHash: 'b2' }],
  ])('takes another %s for another note', async (_, changes) => {
    const first = await acceptOne(store(), noteOf('a'))
    const second = await acceptOne(store(), noteOf('a', changes))
    expect(second).toMatchObject({ isNew: true })
    expect(second.noteId).not.toBe(first.noteId)
  })

  it('takes another pipeline for other work on the same note', async () => {
    const first = await acceptOne(store(), noteOf('a'))
    const [second] = await store().acceptNotes({ pipeline: 'pipeline-2', notes: [noteOf('a')] })
    expect(second).toMatchObject({ noteId: first.noteId, isNew: true })
    expect(second?.workId).not.toBe(first.workId)
  })

  it('takes a note that is twice in a request for one', async () => {
    const [first, second] = await accept(store(), noteOf('a'), noteOf('a'))
    expect(second).toEqual({ ...first, isNew: false })
  })

  it('makes one note of a hundred requests at the same time, and of one after its result', async () => {
    const same = Array.from({ length: 100 }, () => acceptOne(store(), noteOf('a')))
    const accepted = await Promise.all(same)
    expect(new Set(accepted.map(({ noteId }) => noteId)).size).toBe(1)
    expect(accepted.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await store().counts()).toEqual({ accepted: 1, done: 0, quarantined: 0, open: 1 })

    await store().commitNote(await claimOf(store(), accepted[0]!.workId), outcomeOf('r'))
    expect(await acceptOne(store(), noteOf('a'))).toMatchObject({ workId: accepted[0]!.workId, isNew: false })
    expect(await store().counts()).toEqual({ accepted: 1, done: 1, quarantined: 0, open: 0 })
  })

  it('lets requests with the same notes in any order through, and accepts each note once', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `n${i}`)
    const orders = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? ids : [...ids].reverse()))
    const answers = await Promise.all(orders.map(order => accept(store(), ...order.map(id => noteOf(id)))))
    expect(answers.flat().filter(({ isNew }) => isNew)).toHaveLength(40)
    expect(await store().counts()).toMatchObject({ accepted: 40, open: 40 })
  })

  it('accepts a thousand notes at once, in their order', async () => {
    const notes = Array.from({ length: 1200 }, (_, i) => noteOf(`n${i}`))
    const accepted = await accept(store(), ...notes)
    const taken = await store().takeForDispatch(2000)
    expect(taken.map(({ workId }) => workId)).toEqual(accepted.map(({ workId }) => workId))
  })

  it('accepts a request under its Idempotency-Key as often as it comes', async () => {
    const request = {
      pipeline: PIPELINE,
      notes: [noteOf('a')],
      idempotency: { key: 'key-1', requestHash: 'h1' },
    }
    const [first] = await store().acceptNotes(request)
    expect(await store().acceptNotes(request)).toEqual([{ ...first, isNew: false }])
  })

  it('refuses another request under the same Idempotency-Key, and accepts nothing of it', async () => {
    const idempotency = { key: 'key-1', requestHash: 'h1' }
    await store().acceptNotes({ pipeline: PIPELINE, notes: [noteOf('a')], idempotency })
    const other = {
      pipeline: PIPELINE,
      notes: [noteOf('b')],
      idempotency: { ...idempotency, requestHash: 'h2' },
    }
    await expect(store().acceptNotes(other)).rejects.toMatchObject({ code: 'key-conflict' })
    expect(await store().counts()).toMatchObject({ accepted: 1 })
  })

  it('accepts one of two different requests that use a key at the same time', async () => {
    const use = (id: string): Promise<string> =>
      store()
        .acceptNotes({
          pipeline: PIPELINE,
          notes: [noteOf(id)],
          idempotency: { key: 'k', requestHash: id },
        })
        .then(
          () => 'accepted',
          (error: { code: string }) => error.code,
        )
    expect((await Promise.all([use('a'), use('b')])).sort()).toEqual(['accepted', 'key-conflict'])
    expect(await store().counts()).toMatchObject({ accepted: 1 })
  })
}
