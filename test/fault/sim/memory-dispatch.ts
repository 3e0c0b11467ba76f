/**
 * Dispatch in memory. Facilities take turns within a priority, and over calls too: where the last call
 * ended, the next one goes on, so that small takes do not always begin with the same facility.
 */
import { PRIORITIES, type Priority, type Store } from '../../../src/store/store.js'
import type { Tables, WorkRow } from './memory-tables.js'

type DispatchMethods = Pick<
  Store,
  'takeForDispatch' | 'dispatchedBefore' | 'takeBackDispatch' | 'countDispatched'
>

export function createDispatch(tables: Tables): DispatchMethods {
  const lastFacility = new Map<Priority, string>()
  const open = (): WorkRow[] => [...tables.work.values()].filter(row => row.state === 'open')
  const take = (priority: Priority, limit: number): WorkRow[] => {
    const waiting = open().filter(row => row.dispatchedAt === null && row.priority === priority)
    const taken = inTurns(waiting, lastFacility.get(priority) ?? '').slice(0, limit)
    const last = taken.at(-1)
    if (last !== undefined) lastFacility.set(priority, last.facility)
    for (const row of taken) row.dispatchedAt = tables.now()
    return taken
  }
  return {
    takeForDispatch: async limit => {
      const taken: WorkRow[] = []
      for (const priority of Object.values(PRIORITIES)) taken.push(...take(priority, limit - taken.length))
      return taken.map(({ workId, priority }) => ({ workId, priority }))
    },
    dispatchedBefore: async ({ milliseconds, limit }) =>
      open()
        .filter(row => row.dispatchedAt !== null && row.dispatchedAt < tables.now() - milliseconds)
        .sort((one, other) => (one.dispatchedAt ?? 0) - (other.dispatchedAt ?? 0))
        .slice(0, limit)
        .map(row => row.workId),
    takeBackDispatch: async workIds => {
      const taken = open().filter(({ workId }) => workIds.includes(workId))
      for (const row of taken) row.dispatchedAt = null
      return taken.length
    },
    countDispatched: async () => open().filter(row => row.dispatchedAt !== null).length,
  }
}

/** The first of each facility, then the second of each; the round begins behind the facility that was last. */
function inTurns(rows: readonly WorkRow[], last: string): WorkRow[] {
  const facilities = [...new Set(rows.map(row => row.facility))].sort()
  const round = [...facilities.filter(name => name > last), ...facilities.filter(name => name <= last)]
  const turns = new Map<string, number>()
  return [...rows]
    .sort((one, other) => one.sequence - other.sequence)
    .map(row => {
      const turn = turns.get(row.facility) ?? 0
      turns.set(row.facility, turn + 1)
      return { row, turn, place: round.indexOf(row.facility) }
    })
    .sort((one, other) => one.turn - other.turn || one.place - other.place)
    .map(({ row }) => row)
}
