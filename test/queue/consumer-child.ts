/**
 * A process that takes jobs, prints their ids and never ends them. Arguments: backend and address. It adds
 * one job of its own first where the backend belongs to one process at a time.
 */
import { openQueue } from '../../src/queue/open-queue.js'
import type { QueuePool } from '../../src/queue/postgres/pool.js'
import { openPostgresPool, openRedisQueue } from './backends.js'
import { openPglitePool } from './pglite-pool.js'

const [backend, address] = process.argv.slice(2) as [string, string]
const queue = await open()
if (backend === 'pglite') await queue.add([{ workId: 'a1', priority: 1 }])
await queue.consume({
  concurrency: 1,
  handler: workId => {
    process.stdout.write(`${workId}\n`)
    return new Promise(() => undefined)
  },
  onError: () => undefined,
})

async function open() {
  if (backend === 'redis') return openRedisQueue(address)
  const isPglite = backend === 'pglite'
  const pool = isPglite
    ? (await openPglitePool(address)).pool
    : (openPostgresPool(address) as unknown as QueuePool)
  return openQueue({ database: { backend: isPglite ? 'pglite' : 'postgres', pool } })
}
