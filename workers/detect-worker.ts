/** Entry of a batch's worker thread. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { serveChunks } from '../src/app/coding/serve-chunks.js'
import type { WorkerStart } from '../src/app/coding/worker-messages.js'

serveChunks(parentPort as MessagePort, workerData as WorkerStart)
