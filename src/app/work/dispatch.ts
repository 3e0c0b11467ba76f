/**
 * Store → queue. The store holds all open work, the queue only as much as its workers need for the next
 * seconds: so Redis stays small whatever is submitted, work of facilities takes turns, and a queue that loses
 * its jobs loses nothing: what is open and has no living job is put in again.
 */
import type { Queue } from '../../queue/queue.js'
import type { Store } from '../../store/store.js'

export interface DispatchParts {
  readonly store: Pick<Store, 'takeForDispatch' | 'takeBackDispatch' | 'countDispatched' | 'dispatchedBefore'>
  readonly queue: Pick<Queue, 'add' | 'alive'>
}

/** Jobs in the queue at most: a few seconds of work for some hundred threads. */
export const WINDOW = 2000
/** Jobs a call. */
const PAGE = 500
/** A job that was just added may not be visible yet. */
const GRACE_MS = 2000

/** Fills the queue up to the window; answers how many jobs it added. Throws what store or queue throw. */
export async function dispatch({ store, queue }: DispatchParts, window = WINDOW): Promise<number> {
  let added = 0
  for (let room = window - (await store.countDispatched()); room > 0;) {
    const work = await store.takeForDispatch(Math.min(PAGE, room))
    if (work.length === 0) break
    try {
      await queue.add(work)
    } catch (error) {
      await store.takeBackDispatch(work.map(({ workId }) => workId))
      throw error
    }
    added += work.length
    room -= work.length
  }
  return added
}

/** Finds dispatched work whose job is gone, and has it dispatched again; answers how many. */
export async function reconcile({ store, queue }: DispatchParts, graceMs = GRACE_MS): Promise<number> {
  const workIds = await store.dispatchedBefore({ milliseconds: graceMs, limit: WINDOW })
  let lost = 0
  for (let at = 0; at < workIds.length; at += PAGE) {
    const page = workIds.slice(at, at + PAGE)
    const alive = await queue.alive(page)
    const gone = page.filter(workId => !alive.has(workId))
    // Its job is gone too where it was committed between the two questions: then it is not open any more.
    if (gone.length > 0) lost += await store.takeBackDispatch(gone)
  }
  return lost
}
