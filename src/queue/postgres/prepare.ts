/**
 * BullMQ's tables in PostgreSQL: made, or brought up to date, in a schema of their own. Says in time where
 * PostgreSQL is gone, refuses the queue or looks names up elsewhere; then it can be called again.
 */
import { runMigrations } from 'bullmq'
import { ChartcodeError } from '../../model/errors.js'
import { within } from '../deadline.js'
import { postgresError } from './errors.js'
import type { QueueClient, QueuePool } from './pool.js'

const CONNECTS_WITHIN_MS = 2_500
/** A first time on embedded PostgreSQL takes a second; others may be at it as well. */
const MIGRATES_WITHIN_MS = 15_000

export async function prepareTables(pool: QueuePool): Promise<void> {
  const late = (): ChartcodeError => postgresError(undefined)
  const connecting = pool.connect()
  const client = await within(CONNECTS_WITHIN_MS, connecting, late).catch((error: unknown) => {
    connecting.then(giveBack, () => undefined)
    throw postgresError(error)
  })
  try {
    await within(MIGRATES_WITHIN_MS, migrate(client), late)
    client.release()
  } catch (error) {
    // It may be in the middle of a transaction.
    client.release(true)
    throw postgresError(error)
  }
}

function giveBack(client: QueueClient): void {
  client.release()
}

async function migrate(client: QueueClient): Promise<void> {
  await runMigrations(client)
  const { rows } = await client.query<{ found: boolean | null }>(
    `SELECT to_regclass('job') = to_regclass('bullmq.job') AS found`,
  )
  if (rows[0]?.found !== true)
    throw new ChartcodeError(
      'queue-refused',
      'the connection to PostgreSQL does not look names up in schema bullmq; set its search_path',
    )
}
