/** Keys of requests that may come twice; leases of the one process that may do something; slots of schedules. */
import type { Migration } from './migration.js'

export const keysLeasesSlots: Migration = {
  number: 3,
  name: 'keys-leases-slots',
  sql: `
CREATE TABLE chartcode.idempotency_keys (
  key_hash bytea PRIMARY KEY,
  request_hash text NOT NULL,
  used_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE chartcode.leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  ends_at timestamptz NOT NULL
);

CREATE TABLE chartcode.slots (
  schedule text NOT NULL,
  slot text COLLATE "C" NOT NULL,
  holder text NOT NULL,
  ends_at timestamptz NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (schedule, slot)
);
`,
}
