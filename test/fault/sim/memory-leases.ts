/** Leases and slots of schedules in memory. A lease is over at its time: whoever holds it then does not know. */
import type { Store } from '../../../src/store/store.js'

interface Held {
  readonly holder: string
  readonly until: number
}

type LeaseMethods = Pick<Store, 'takeLease' | 'endLease' | 'takeSlot' | 'endSlot' | 'lastSlot'>

export function createLeases(now: () => number): LeaseMethods {
  const leases = new Map<string, Held | 'done'>()
  const slots = new Map<string, Map<string, Held | 'done'>>()
  const take = (
    table: Map<string, Held | 'done'>,
    key: string,
    holder: string,
    milliseconds: number,
  ): boolean => {
    const held = table.get(key)
    if (held === 'done' || (held !== undefined && held.holder !== holder && held.until > now())) return false
    table.set(key, { holder, until: now() + milliseconds })
    return true
  }
  return {
    takeLease: async ({ name, holder, milliseconds }) => take(leases, name, holder, milliseconds),
    endLease: async (name, holder) => {
      const held = leases.get(name)
      if (held !== undefined && held !== 'done' && held.holder === holder) leases.delete(name)
    },
    takeSlot: async ({ schedule, slot, holder, milliseconds }) => {
      const table = slots.get(schedule) ?? new Map<string, Held | 'done'>()
      slots.set(schedule, table)
      return take(table, slot, holder, milliseconds)
    },
    endSlot: async (schedule, slot) => {
      slots.get(schedule)?.set(slot, 'done')
    },
    lastSlot: async schedule => {
      const done = [...(slots.get(schedule) ?? [])].filter(([, state]) => state === 'done')
      return (
        done
          .map(([slot]) => slot)
          .sort()
          .at(-1) ?? null
      )
    },
  }
}
