/**
 * A producer that goes on while a programme breaks things: accepts notes so that there is always work open, and
 * says after each turn whether the queue took it. What it was told is accepted is what must have a result.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { dispatch } from '../../src/app/work/dispatch.js'
import type { Note } from '../../src/model/note.js'
import { acceptAll, type Accepted, type Installation } from './installation.js'
import { inventNotes } from './invented-notes.js'
import type { Random } from './random.js'

export interface IntakeTurn {
  /** Milliseconds of the epoch. */
  readonly ended: number
  readonly isQueued: boolean
}

export interface SteadyIntake {
  readonly turns: () => readonly IntakeTurn[]
  /** Throws where a note was not accepted: the store was there all the time. */
  readonly stop: () => Promise<{ readonly notes: readonly Note[]; readonly accepted: Accepted }>
}

/** Notes that are open at a time: some seconds of work, all of it in the queue. */
const OPEN = 1_500
/** A page of notes a turn at most. */
const PAGE = 200
const PAUSE_MS = 50

export function startIntake(
  installation: Pick<Installation, 'pipeline' | 'backends'>,
  random: Random,
): SteadyIntake {
  const { store, queue } = installation.backends
  const notes: Note[] = []
  const accepted: Accepted = new Map()
  const turns: IntakeTurn[] = []
  let isOver = false
  const turn = async (): Promise<void> => {
    const { open } = await store.counts()
    const page = inventNotes(Math.min(PAGE, Math.max(1, OPEN - open)), random).map((note, at) => ({
      ...note,
      id: `MRN-${notes.length + at}`,
    }))
    for (const [noteId, id] of await acceptAll(installation, store, page)) accepted.set(noteId, id)
    notes.push(...page)
    // Where there is no room or nothing to dispatch, nobody has asked the queue.
    const isQueued = await dispatch({ store, queue })
      .then(queue.counts)
      .then(
        () => true,
        () => false,
      )
    turns.push({ ended: Date.now(), isQueued })
  }
  const running = (async () => {
    while (!isOver) {
      await turn()
      await sleep(PAUSE_MS)
    }
  })()
  // Told by `stop`.
  running.catch(() => undefined)
  return {
    turns: () => turns,
    stop: async () => {
      isOver = true
      await running
      return { notes, accepted }
    },
  }
}
