/** Notes into the store: known there by ids of its own, told apart by content, and all or none of a request. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { acceptNotes } from '../../../src/app/work/accept-notes.js'
import { pipelineKey, type WorkPipeline } from '../../../src/app/work/work-pipeline.js'
import type { Note } from '../../../src/model/note.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import { PRIORITIES, type AcceptedNote, type Store } from '../../../src/store/store.js'
import { createMemoryStore } from '../../fault/sim/memory-store.js'

const pipeline: WorkPipeline = {
  engine: '1.0.0',
  dictionaries: [{ release: 'FY2026', key: 'k' }],
  job: { format: 'ndjson', task: { options: DEFAULT_OPTIONS } },
}
const note: Note = { id: 'their-id-1', text: 'Asthma. \u{1fa7a}', facility: 'north', patient: { age: 44 } }
let store: Store

beforeEach(() => {
  store = createMemoryStore({ now: () => 0, newId: randomUUID })
})

const accept = (notes: readonly Note[], idempotency?: { key: string; requestHash: string }) =>
  acceptNotes({
    store,
    pipeline,
    priority: PRIORITIES.stat,
    notes,
    ...(idempotency === undefined ? {} : { idempotency }),
  })

async function only(accepted: Promise<readonly AcceptedNote[]>): Promise<AcceptedNote> {
  const [first] = await accepted
  if (first === undefined) throw new TypeError('nothing was accepted')
  return first
}

describe('accepted notes', () => {
  it('are given out as they came, under the key of a pipeline that is known', async () => {
    const { workId, noteId } = await only(accept([note]))
    expect(await store.takeForDispatch(1)).toEqual([{ workId, priority: PRIORITIES.stat }])
    const claim = await store.claim({ workId, worker: 'w', token: 't' })
    expect(claim).toMatchObject({ pipeline: pipelineKey(pipeline), work: { noteId, externalId: note.id } })
    const body = claim?.work.kind === 'note' ? Buffer.from(claim.work.body).toString() : ''
    expect(JSON.parse(body)).toEqual(note)
    expect(await store.pipeline(pipelineKey(pipeline))).toEqual(pipeline)
  })

  it('have an id from which nothing of the note can be told', async () => {
    const [first, other] = [await only(accept([note])), await only(accept([{ ...note, id: 'their-id-2' }]))]
    expect(first.noteId).not.toContain(note.id)
    expect(first.noteId).not.toBe(other.noteId)
  })

  it.each<{ readonly what: string; readonly changed: Partial<Note>; readonly isNew: boolean }>([
    { what: 'the same note', changed: {}, isNew: false },
    { what: 'another author', changed: { author: 'someone' }, isNew: false },
    { what: 'another text', changed: { text: 'Gout.' }, isNew: true },
    { what: 'another facility', changed: { facility: 'south' }, isNew: true },
    { what: 'another date of service', changed: { dateOfService: '2026-01-02' }, isNew: true },
    { what: 'another setting', changed: { setting: 'inpatient' }, isNew: true },
    { what: 'another age', changed: { patient: { age: 45 } }, isNew: true },
  ])('are new or not: $what', async ({ changed, isNew }) => {
    const { noteId } = await only(accept([note]))
    const again = await only(accept([{ ...note, ...changed }]))
    expect(again.isNew).toBe(isNew)
    expect(again.noteId === noteId).toBe(!isNew)
  })

  it('are none at all where a key was used for another request', async () => {
    await accept([note], { key: 'k', requestHash: 'one' })
    const other = accept([{ ...note, id: 'their-id-2' }], { key: 'k', requestHash: 'other' })
    await expect(other).rejects.toMatchObject({ code: 'key-conflict' })
    expect(await store.counts()).toMatchObject({ accepted: 1 })
  })
})
