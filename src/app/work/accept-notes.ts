/** Notes one by one → the store, in pages; each is known there by a random id, and the caller's stays there. */
import type { Note } from '../../model/note.js'
import type { AcceptedNote, IdempotencyKey, NewNote, Priority, Store } from '../../store/store.js'
import { contentHash } from '../coding/note-key.js'
import { pipelineKey, type WorkPipeline } from './work-pipeline.js'

export interface AcceptRequest {
  readonly store: Pick<Store, 'acceptNotes' | 'definePipeline'>
  readonly pipeline: WorkPipeline
  readonly priority: Priority
  readonly notes: readonly Note[]
  readonly idempotency?: IdempotencyKey
}

/** All or nothing, in the order given. Throws `key-conflict` and `store-unavailable`. */
export async function acceptNotes(request: AcceptRequest): Promise<readonly AcceptedNote[]> {
  const { store, pipeline, priority, notes, idempotency } = request
  const key = pipelineKey(pipeline)
  await store.definePipeline(key, { ...pipeline })
  return store.acceptNotes({
    pipeline: key,
    notes: notes.map(note => newNote(note, priority)),
    ...(idempotency === undefined ? {} : { idempotency }),
  })
}

function newNote(note: Note, priority: Priority): NewNote {
  return {
    facility: note.facility ?? '',
    externalId: note.id,
    contentHash: contentHash(note),
    body: Buffer.from(JSON.stringify(note), 'utf8'),
    priority,
  }
}
