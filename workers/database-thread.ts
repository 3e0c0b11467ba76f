/** Entry of the embedded database's thread. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { serveDatabase } from '../src/store/pglite/serve-database.js'
import type { DatabaseThreadStart } from '../src/store/pglite/thread-messages.js'

void serveDatabase(parentPort as MessagePort, workerData as DatabaseThreadStart)
