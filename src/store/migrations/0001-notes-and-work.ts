/**
 * Notes, the work on them, its attempts and results; batches and their chunks, since a chunk is work too.
 *
 * Texts from outside (ids, facilities, places) are kept as JSON strings: PostgreSQL takes no NUL and no lone
 * surrogate in a `text`. Unique keys over them are hashes, since an index takes no more than 2.7 KB.
 * `seq` is the order of arrival. A facility's `lane` is a number, so that the index of what is to be
 * dispatched is small and can be skipped through lane by lane.
 */
import type { Migration } from './migration.js'

export const notesAndWork: Migration = {
  number: 1,
  name: 'notes-and-work',
  sql: `
CREATE SEQUENCE chartcode.arrival;

CREATE TABLE chartcode.notes (
  note_id text PRIMARY KEY,
  identity bytea NOT NULL UNIQUE,
  facility text NOT NULL,
  external_id text NOT NULL,
  content_hash text NOT NULL,
  body bytea NOT NULL,
  accepted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE chartcode.batches (
  batch_id text PRIMARY KEY,
  facility text NOT NULL,
  pipeline text NOT NULL,
  manifest text NOT NULL,
  chunks integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz
);
CREATE INDEX batches_by_age ON chartcode.batches (created_at);

CREATE TABLE chartcode.chunks (
  batch_id text NOT NULL REFERENCES chartcode.batches,
  number integer NOT NULL,
  place text NOT NULL,
  notes integer NOT NULL,
  PRIMARY KEY (batch_id, number)
);

CREATE TABLE chartcode.work (
  work_id text PRIMARY KEY,
  seq bigint NOT NULL,
  note_id text REFERENCES chartcode.notes,
  batch_id text,
  chunk integer,
  pipeline text NOT NULL,
  priority smallint NOT NULL,
  lane integer NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'quarantined')),
  attempt integer NOT NULL DEFAULT 0,
  worker text,
  token text,
  dispatched_at timestamptz,
  FOREIGN KEY (batch_id, chunk) REFERENCES chartcode.chunks (batch_id, number),
  CHECK ((note_id IS NULL) = (batch_id IS NOT NULL AND chunk IS NOT NULL))
);
CREATE UNIQUE INDEX work_of_note ON chartcode.work (note_id, pipeline) WHERE note_id IS NOT NULL;
CREATE UNIQUE INDEX work_of_chunk ON chartcode.work (batch_id, chunk) WHERE batch_id IS NOT NULL;
CREATE INDEX work_to_dispatch ON chartcode.work (priority, lane, seq)
  WHERE state = 'open' AND dispatched_at IS NULL;
CREATE INDEX work_dispatched ON chartcode.work (dispatched_at)
  WHERE state = 'open' AND dispatched_at IS NOT NULL;

CREATE TABLE chartcode.attempts (
  work_id text NOT NULL,
  attempt integer NOT NULL,
  worker text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  outcome text,
  PRIMARY KEY (work_id, attempt)
);

CREATE TABLE chartcode.results (
  note_id text NOT NULL,
  pipeline text NOT NULL,
  seq bigint NOT NULL,
  attempt integer NOT NULL,
  sha256 text NOT NULL,
  candidates integer NOT NULL,
  result bytea NOT NULL,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (note_id, pipeline)
);
CREATE INDEX results_by_arrival ON chartcode.results (pipeline, seq);
`,
}
