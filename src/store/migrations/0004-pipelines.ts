/** What the keys of pipelines stand for: engine, dictionaries, options. And an index for what is still open of a batch. */
import type { Migration } from './migration.js'

export const pipelines: Migration = {
  number: 4,
  name: 'pipelines',
  sql: `
CREATE TABLE chartcode.pipelines (
  key text COLLATE "C" PRIMARY KEY,
  definition text NOT NULL,
  defined_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX batches_unfinished ON chartcode.batches (created_at) WHERE finished_at IS NULL;
CREATE INDEX work_open_of_batch ON chartcode.work (batch_id) WHERE state = 'open' AND batch_id IS NOT NULL;
`,
}
