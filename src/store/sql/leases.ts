/**
 * Leases and slots: who of several processes may do something now. The time is the database's, so that the
 * clocks of the processes do not matter. The holder gets the same answer when it asks again.
 */
import type { Database } from '../database.js'
import type { Store } from '../store.js'

const TAKE_LEASE = `
INSERT INTO chartcode.leases AS lease (name, holder, ends_at)
VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
WHERE lease.holder = excluded.holder OR lease.ends_at <= clock_timestamp()
RETURNING 1 AS taken`

const TAKE_SLOT = `
INSERT INTO chartcode.slots AS known (schedule, slot, holder, ends_at)
VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
ON CONFLICT (schedule, slot) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
WHERE known.done_at IS NULL AND (known.holder = excluded.holder OR known.ends_at <= clock_timestamp())
RETURNING 1 AS taken`

type Leases = Pick<Store, 'takeLease' | 'endLease' | 'takeSlot' | 'endSlot' | 'lastSlot'>

export function createLeases(database: Database): Leases {
  return {
    takeLease: async ({ name, holder, milliseconds }) =>
      (await database.query(TAKE_LEASE, [name, holder, milliseconds])).rows.length > 0,
    endLease: async (name, holder) => {
      await database.query('DELETE FROM chartcode.leases WHERE name = $1 AND holder = $2', [name, holder])
    },
    takeSlot: async ({ schedule, slot, holder, milliseconds }) =>
      (await database.query(TAKE_SLOT, [schedule, slot, holder, milliseconds])).rows.length > 0,
    endSlot: async (schedule, slot) => {
      const text = `UPDATE chartcode.slots SET done_at = COALESCE(done_at, clock_timestamp())
        WHERE schedule = $1 AND slot = $2`
      await database.query(text, [schedule, slot])
    },
    lastSlot: async schedule => {
      const text = 'SELECT max(slot) AS slot FROM chartcode.slots WHERE schedule = $1 AND done_at IS NOT NULL'
      const { rows } = await database.query<{ readonly slot: string | null }>(text, [schedule])
      return rows[0]?.slot ?? null
    },
  }
}
