/** A batch's thread that says of each note that it begins with it: a line of eight bytes at the end of a file. */
import { openSync, writeSync } from 'node:fs'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { codeChunk } from '../../../src/app/coding/code-chunk.js'
import { serveChunks } from '../../../src/app/coding/serve-chunks.js'
import type { WorkerStart } from '../../../src/app/coding/worker-messages.js'
import type { Engines } from '../../../src/app/engines.js'

const begun = openSync(process.env['BEGUN'] ?? '', 'a')

function counted({ forDate }: Engines): Engines {
  return {
    forDate: date => {
      writeSync(begun, 'a note.\n')
      return forDate(date)
    },
  }
}

serveChunks(parentPort as MessagePort, workerData as WorkerStart, (chunk, parts) =>
  codeChunk(chunk, { ...parts, engines: counted(parts.engines) }),
)
