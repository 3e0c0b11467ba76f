/** What became of a chunk, and what could not be coded. Both keep JSON as text: see the first step. */
import type { Migration } from './migration.js'

export const partsAndQuarantine: Migration = {
  number: 2,
  name: 'parts-and-quarantine',
  sql: `
CREATE TABLE chartcode.parts (
  batch_id text NOT NULL,
  number integer NOT NULL,
  attempt integer NOT NULL,
  part text NOT NULL,
  counts text NOT NULL,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (batch_id, number)
);

CREATE TABLE chartcode.quarantine (
  quarantine_id text PRIMARY KEY,
  seq bigint NOT NULL DEFAULT nextval('chartcode.arrival'),
  work_id text NOT NULL,
  batch_id text,
  chunk integer,
  unit integer,
  reason text NOT NULL,
  stage text NOT NULL,
  attempts integer NOT NULL,
  sha256 text NOT NULL,
  external_id text,
  quarantined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  replayed_at timestamptz
);
CREATE INDEX quarantine_by_age ON chartcode.quarantine (seq);
CREATE INDEX quarantine_of_batch ON chartcode.quarantine (batch_id, seq) WHERE batch_id IS NOT NULL;
CREATE INDEX quarantine_of_work ON chartcode.quarantine (work_id);
`,
}
