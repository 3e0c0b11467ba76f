/**
 * Memory of worker threads that share one dictionary: the resident size of the process when one of them has
 * coded its notes, and when a second has. Both code the same notes and have to find the same.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openDictionary } from '../../src/dictionary/open-dictionary.js'
import { decodeSnapshot, openSnapshot } from '../../src/dictionary/snapshot/decode.js'
import { createEngine } from '../../src/pipeline/engine.js'
import { createPartOfSpeech } from '../../src/pipeline/part-of-speech.js'
import { OUTPATIENT } from '../own-engine.js'
import { mustEqual, readNotes, runSuite, type SuiteConfig } from '../suite.js'

const CHARACTERS = 400_000

interface Work {
  readonly memory: SharedArrayBuffer
  readonly notes: readonly string[]
}

if (isMainThread) runSuite(measure)
else work(workerData as Work)

async function measure(config: SuiteConfig) {
  const { memory } = openSnapshot(config.snapshot)
  const notes = readNotes(config, CHARACTERS)
  const first = await start({ memory, notes })
  const withOne = residentMegabytes()
  const second = await start({ memory, notes })
  const withTwo = residentMegabytes()
  mustEqual('candidates of the second worker', second.candidates, first.candidates)
  await Promise.all([first.worker.terminate(), second.worker.terminate()])
  return { groups: {}, figures: { 'one worker, MB': withOne, 'second worker, MB': withTwo - withOne } }
}

function start(data: Work): Promise<{ worker: Worker; candidates: number }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: data })
    worker.once('error', reject)
    worker.once('message', (candidates: number) => resolve({ worker, candidates }))
  })
}

function work({ memory, notes }: Work): void {
  const dictionary = openDictionary(decodeSnapshot(memory, { verify: false, name: 'shared' }))
  const engine = createEngine(dictionary, createPartOfSpeech())
  let candidates = 0
  for (const note of notes) candidates += engine.code(note, OUTPATIENT).candidates.length
  parentPort?.postMessage(candidates)
  // Stays alive, so that its memory can be seen.
  setInterval(() => undefined, 1000)
}

function residentMegabytes(): number {
  return process.memoryUsage.rss() / 2 ** 20
}
