/** A worker's thread whose engine detonates what `poison.ts` has put into a note: in the middle of its work. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { codeChunk } from '../../../src/app/coding/code-chunk.js'
import { serveChunks } from '../../../src/app/coding/serve-chunks.js'
import type { WorkerStart } from '../../../src/app/coding/worker-messages.js'
import type { Engines } from '../../../src/app/engines.js'
import type { Candidate } from '../../../src/model/result.js'
import type { Engine } from '../../../src/pipeline/engine.js'
import { detonate } from '../poison.js'

function poisonedEngine(engine: Engine): Engine {
  return {
    ...engine,
    code: (text, request) => {
      const odd = detonate(text)
      const coded = engine.code(text, request)
      return odd === null ? coded : { ...coded, candidates: [odd as Candidate] }
    },
  }
}

function poisonedEngines({ forDate }: Engines): Engines {
  return {
    forDate: async date => {
      const choice = await forDate(date)
      return { ...choice, engine: poisonedEngine(choice.engine) }
    },
  }
}

serveChunks(parentPort as MessagePort, workerData as WorkerStart, (chunk, parts) =>
  codeChunk(chunk, { ...parts, engines: poisonedEngines(parts.engines) }),
)
