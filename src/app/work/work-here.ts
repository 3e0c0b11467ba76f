/**
 * Notes through the whole chain in one process: accepted into the store, put into the queue, coded by a worker's
 * threads, and their results read back in order. For the demonstration, and for whoever wants no second process.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Note } from '../../model/note.js'
import { PRIORITIES, type Store } from '../../store/store.js'
import { acceptNotes } from './accept-notes.js'
import { dispatch } from './dispatch.js'
import { openWorker, type OpenWorkerRequest } from './open-worker.js'
import { pipelineKey, type WorkPipeline } from './work-pipeline.js'

export interface WorkHereRequest extends OpenWorkerRequest {
  readonly pipeline: WorkPipeline
  readonly notes: readonly Note[]
  /** Told how many are done. */
  readonly onProgress?: (done: number) => void
}

export interface WorkedHere {
  /** Lines of the results that there are, in the order of the notes. */
  readonly results: readonly Uint8Array[]
  readonly quarantined: number
}

const LOOK_MS = 50
const STOP_MS = 8000

export async function workHere(request: WorkHereRequest): Promise<WorkedHere> {
  const { backends, pipeline, notes, onProgress } = request
  const { store } = backends
  const worker = await openWorker(request)
  try {
    const accepted = await acceptNotes({ store, pipeline, priority: PRIORITIES.routine, notes })
    await dispatch(backends)
    for (let { open, done } = await store.counts(); open > 0; { open, done } = await store.counts()) {
      onProgress?.(done)
      await sleep(LOOK_MS)
    }
    return await resultsOf(
      store,
      accepted.map(({ noteId }) => noteId),
      pipeline,
    )
  } finally {
    await worker.stop(STOP_MS)
  }
}

async function resultsOf(
  store: Pick<Store, 'result'>,
  noteIds: readonly string[],
  pipeline: WorkPipeline,
): Promise<WorkedHere> {
  const key = pipelineKey(pipeline)
  const stored = await Promise.all(noteIds.map(noteId => store.result(noteId, key)))
  const results = stored.flatMap(one => (one === null ? [] : [one.result]))
  return { results, quarantined: noteIds.length - results.length }
}
