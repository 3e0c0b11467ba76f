/**
 * Stand-ins for the two loops that bring open work to the workers. The dispatcher puts into the queue what
 * was not put there; the reconciler looks for work whose job is gone and has it put there again.
 */
import type { Queue } from '../../../src/queue/queue.js'
import type { Store } from '../../../src/store/store.js'

export interface DispatchTools {
  readonly store: Pick<Store, 'takeForDispatch' | 'dispatchedBefore' | 'takeBackDispatch' | 'countDispatched'>
  readonly queue: Pick<Queue, 'add' | 'alive'>
}

/** One round; throws what the ports throw, and the next round goes on from there. */
export type DispatchOnce = (tools: DispatchTools) => Promise<void>

/** No more than this is in the queue at a time. */
const WINDOW = 100

/** A job has this long to appear before it is looked for. */
const SETTLED_MS = 2_000

export const dispatchWork: DispatchOnce = async ({ store, queue }) => {
  const room = WINDOW - (await store.countDispatched())
  const work = room > 0 ? await store.takeForDispatch(room) : []
  if (work.length === 0) return
  try {
    await queue.add(work)
  } catch (error) {
    // Some may be there all the same: a job that is there twice is done once.
    await store.takeBackDispatch(work.map(({ workId }) => workId))
    throw error
  }
}

export const reconcile: DispatchOnce = async ({ store, queue }) => {
  // As many as can be in the queue: a smaller page could be full of living jobs and hide the dead behind it.
  const workIds = await store.dispatchedBefore({ milliseconds: SETTLED_MS, limit: WINDOW })
  if (workIds.length === 0) return
  const alive = await queue.alive(workIds)
  await store.takeBackDispatch(workIds.filter(workId => !alive.has(workId)))
}

export const dispatchAndReconcile: DispatchOnce = async tools => {
  await reconcile(tools)
  await dispatchWork(tools)
}
