/** The fence: only the latest attempt commits, once, and saying it again changes nothing. */
import { expect, it } from 'vitest'
import type { Claim, Store } from '../../../src/store/store.js'
import { accept, acceptOne, claimOf, noteOf, outcomeOf, PIPELINE, textOf } from '../store-under-test.js'

const FAILED = { reason: 'note-deadline', stage: 'detect', attempts: 1, sha256: 'abc' } as const

export function claimLaws(store: () => Store): void {
  const resultOf = async (noteId: string): Promise<string> =>
    textOf((await store().result(noteId, PIPELINE))?.result)

  it('gives a note out with its text and the number of the attempt', async () => {
    const note = noteOf('a')
    const { noteId, workId } = await acceptOne(store(), note)
    const claim = await store().claim({ workId, worker: 'w', token: 't' })
    expect(claim).toMatchObject({ workId, pipeline: PIPELINE, attempt: 1, unended: 0 })
    expect(claim?.work).toMatchObject({ kind: 'note', noteId, externalId: 'a' })
    expect(claim?.work.kind === 'note' && textOf(claim.work.body)).toBe(textOf(note.body))
  })

  it('gives the same token the same attempt, and another token the next', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const ask = async (token: string): Promise<number | undefined> =>
      (await store().claim({ workId, worker: 'w', token }))?.attempt
    expect([await ask('t1'), await ask('t1'), await ask('t2'), await ask('t2')]).toEqual([1, 1, 2, 2])
  })

  it('gives a token its attempt again after another was claimed, and keeps the other the latest', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const ask = (token: string): Promise<Claim | null> => store().claim({ workId, worker: 'w', token })
    const [old, latest] = [await ask('t1'), await ask('t2')]
    const again = await ask('t1')
    expect(again).toMatchObject({ attempt: 1, unended: 0, work: old?.work })
    expect(await store().commitNote(again!, outcomeOf('old'))).toBe(false)
    expect(await store().commitNote(latest!, outcomeOf('latest'))).toBe(true)
  })

  it('gives a token that was given back no new attempt: the call was only late', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const claim = await claimOf(store(), workId)
    await store().giveBack(claim)
    const late = await store().claim({ workId, worker: 'w', token: claim.token! })
    expect(late).toMatchObject({ attempt: 1 })
    expect(await store().commitNote(late!, outcomeOf('late'))).toBe(false)
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 2, unended: 0 })
  })

  it('gives ten that claim at the same time ten attempts', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimOf(store(), workId)))
    expect(claims.map(({ attempt }) => attempt).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ])
    const committed = await Promise.all(claims.map(claim => store().commitNote(claim, outcomeOf('r'))))
    expect(committed.filter(Boolean)).toHaveLength(1)
  })

  it('counts the attempts before that did not end, and not those that were given back', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    await claimOf(store(), workId)
    await store().giveBack(await claimOf(store(), workId))
    await claimOf(store(), workId)
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 4, unended: 2 })
  })

  it('takes an attempt that was overtaken and then given back for ended', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const overtaken = await claimOf(store(), workId)
    const latest = await claimOf(store(), workId)
    await store().giveBack(overtaken)
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 3, unended: 1 })
    await store().giveBack(latest)
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 4, unended: 1 })
  })

  it('ends no attempt of after a replay by giving one of before it back', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const before = await claimOf(store(), workId)
    await store().quarantine(await claimOf(store(), workId), FAILED)
    const [entry] = await store().quarantined({ limit: 1 })
    await store().replay([entry!.quarantineId])
    await claimOf(store(), workId)
    await store().giveBack(before)
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 2, unended: 1 })
  })

  it('gives out no work that is not there or has ended', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    await store().commitNote(await claimOf(store(), workId), outcomeOf('r'))
    expect(await store().claim({ workId, worker: 'w', token: 't' })).toBeNull()
    expect(await store().claim({ workId: 'unknown', worker: 'w', token: 't' })).toBeNull()
    expect(await store().claim({ workId: 'NUL \0', worker: 'w', token: 't' })).toBeNull()
  })

  it('commits a result once and answers the same when it is said again', async () => {
    const { noteId, workId } = await acceptOne(store(), noteOf('a'))
    const claim = await claimOf(store(), workId)
    expect(await store().noteState(noteId, PIPELINE)).toBe('open')
    expect(await store().commitNote(claim, outcomeOf('first'))).toBe(true)
    expect(await store().commitNote(claim, outcomeOf('second'))).toBe(true)
    expect(await store().result(noteId, PIPELINE)).toMatchObject({ attempt: 1, sha256: 'sha-first' })
    expect(await resultOf(noteId)).toBe('first')
    expect(await store().noteState(noteId, PIPELINE)).toBe('done')
  })

  it('answers true to both where a commit comes twice at the same time', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    const claim = await claimOf(store(), workId)
    const twice = [store().commitNote(claim, outcomeOf('r')), store().commitNote(claim, outcomeOf('r'))]
    expect(await Promise.all(twice)).toEqual([true, true])
    expect(await store().counts()).toMatchObject({ accepted: 1, done: 1 })
  })

  it('lets no older attempt commit, quarantine or give back', async () => {
    const { noteId, workId } = await acceptOne(store(), noteOf('a'))
    const old = await claimOf(store(), workId)
    const latest = await claimOf(store(), workId)
    expect(await store().commitNote(old, outcomeOf('old'))).toBe(false)
    expect(await store().quarantine(old, FAILED)).toBe(false)
    await store().giveBack(old)
    expect(await store().noteState(noteId, PIPELINE)).toBe('open')
    expect(await store().commitNote(latest, outcomeOf('latest'))).toBe(true)
    expect(await resultOf(noteId)).toBe('latest')
  })

  it('lets no zombie overwrite a result, nor quarantine a note that has one', async () => {
    const { noteId, workId } = await acceptOne(store(), noteOf('a'))
    const zombie = await claimOf(store(), workId)
    await store().commitNote(await claimOf(store(), workId), outcomeOf('latest'))
    expect(await store().commitNote(zombie, outcomeOf('zombie'))).toBe(false)
    expect(await store().quarantine(zombie, FAILED)).toBe(false)
    expect(await resultOf(noteId)).toBe('latest')
    expect(await store().counts()).toEqual({ accepted: 1, done: 1, quarantined: 0, open: 0 })
  })

  it('lets an attempt that was given back commit no more, and dispatches its work again', async () => {
    const { workId } = await acceptOne(store(), noteOf('a'))
    await store().takeForDispatch(1)
    const claim = await claimOf(store(), workId)
    await store().giveBack(claim)
    await store().giveBack(claim)
    expect(await store().commitNote(claim, outcomeOf('late'))).toBe(false)
    expect(await store().takeForDispatch(10)).toEqual([{ workId, priority: 2 }])
    expect(await claimOf(store(), workId)).toMatchObject({ attempt: 2, unended: 0 })
  })

  it('finds no result and no state of a note that is not there', async () => {
    for (const noteId of ['unknown', '', 'NUL \0', '\ud800', "'; DROP TABLE notes"]) {
      expect(await store().result(noteId, PIPELINE)).toBeNull()
      expect(await store().noteState(noteId, PIPELINE)).toBeNull()
    }
  })

  it('tells the results page by page in the order of acceptance, not of commit', async () => {
    const accepted = await accept(store(), ...['a', 'b', 'c', 'd'].map(id => noteOf(id)))
    for (const { workId } of [...accepted].reverse())
      await store().commitNote(await claimOf(store(), workId), outcomeOf(workId))
    const first = await store().results({ pipeline: PIPELINE, limit: 3 })
    const after = first.at(-1)!.noteId
    const second = await store().results({ pipeline: PIPELINE, after, limit: 3 })
    expect([...first, ...second].map(({ noteId }) => noteId)).toEqual(accepted.map(({ noteId }) => noteId))
    expect(await store().results({ pipeline: 'other', limit: 3 })).toEqual([])
    const unknown = store().results({ pipeline: PIPELINE, after: 'unknown', limit: 3 })
    await expect(unknown).rejects.toMatchObject({ code: 'batch-unknown' })
  })
}
