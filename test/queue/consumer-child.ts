/**
 * A process that takes jobs, prints their ids and never ends them. Arguments: backend and address. It adds
 * one job of its own first where the backend belongs to one process at a time.
 */
import { openQueue } from '../../src/queue/open-queue.js'
import type { Queue } from '../../src/queue/queue.js'
import { openPostgres } from '../../src/store/postgres/open-postgres.js'
import { openEmbedded, openRedisQueue } from './backends.js'

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

async function open(): Promise<Queue> {
  if (backend === 'redis') return openRedisQueue(address)
  return openQueue({
    database: backend === 'pglite' ? await openEmbedded(address) : openPostgres({ url: address }),
  })
}
