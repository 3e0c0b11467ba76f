/** Acceptance in memory: a note that is there already is not taken twice, and a key stands for one request. */
import { ChartcodeError } from '../../../src/model/errors.js'
import type { AcceptedNote, NewNote, Store } from '../../../src/store/store.js'
import { addWork, type Tables } from './memory-tables.js'

export function createIntake(tables: Tables): Pick<Store, 'acceptNotes' | 'createBatch'> {
  return {
    acceptNotes: async ({ pipeline, notes, idempotency }) => {
      const before = idempotency === undefined ? undefined : tables.idempotency.get(idempotency.key)
      if (before !== undefined && before.requestHash !== idempotency?.requestHash)
        throw new ChartcodeError('key-conflict', 'the Idempotency-Key was used for another request')
      if (before !== undefined) return before.answer.map(note => ({ ...note, isNew: false }))
      const answer = notes.map(note => acceptNote(tables, note, pipeline))
      if (idempotency !== undefined)
        tables.idempotency.set(idempotency.key, { requestHash: idempotency.requestHash, answer })
      return answer
    },
    createBatch: async ({ batchId, facility, priority, pipeline, manifest, chunks }) => {
      if (tables.batches.has(batchId)) return
      tables.batches.set(batchId, {
        facility,
        pipeline,
        manifest,
        created: new Date(tables.now()),
        finished: null,
      })
      for (const { number, place } of chunks)
        addWork(tables, {
          kind: 'chunk',
          noteId: null,
          batchId,
          chunk: number,
          pipeline,
          facility,
          priority,
          work: { kind: 'chunk', batchId, number, place },
        })
    },
  }
}

function acceptNote(tables: Tables, note: NewNote, pipeline: string): AcceptedNote {
  const key = JSON.stringify([note.facility, note.externalId, note.contentHash])
  const noteId = tables.notes.get(key) ?? tables.newId()
  tables.notes.set(key, noteId)
  const workId = tables.workOfNote.get(`${noteId} ${pipeline}`)
  if (workId !== undefined) return { noteId, workId, isNew: false }
  const { externalId, body, facility, priority } = note
  const row = addWork(tables, {
    kind: 'note',
    noteId,
    batchId: null,
    chunk: null,
    pipeline,
    facility,
    priority,
    work: { kind: 'note', noteId, externalId, body },
  })
  tables.workOfNote.set(`${noteId} ${pipeline}`, row.workId)
  return { noteId, workId: row.workId, isNew: true }
}
