/** A batch that dies at the named step of CRASH_AT, or when somebody kills it: INPUT OUT, and `resume` to go on. */
import path from 'node:path'
import { runBatch } from '../../../src/app/batch/run-batch.js'
import { NOTE_LIMITS } from '../../../src/app/coding/worker-pool.js'
import { findDictionaries } from '../../../src/app/dictionaries.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import { crashFromEnvironment } from '../crash.js'

const [input = '', out = '', mode] = process.argv.slice(2)
await runBatch({
  paths: [input],
  out,
  resume: mode === 'resume',
  jobs: 2,
  format: 'ndjson',
  task: { options: DEFAULT_OPTIONS },
  dictionaries: await findDictionaries(),
  limits: NOTE_LIMITS,
  workerFile: path.join(import.meta.dirname, 'counting-thread.js'),
  onStep: crashFromEnvironment(process.env),
})
