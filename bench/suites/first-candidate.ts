/** A process that opens the dictionary, codes one note and ends: what a start costs until the first candidate. */
import { openDictionary } from '../../src/dictionary/open-dictionary.js'
import { openSnapshot } from '../../src/dictionary/snapshot/decode.js'
import { createEngine } from '../../src/pipeline/engine.js'
import { OUTPATIENT } from '../own-engine.js'

const NOTE = 'Assessment: type 2 diabetes with hyperglycemia, hypertension. Denies chest pain.'

const started = performance.now()
const snapshot = openSnapshot(process.argv[2] as string)
const opened = performance.now()
const engine = createEngine(openDictionary(snapshot), () => 'noun')
const { candidates } = engine.code(NOTE, OUTPATIENT)
const done = performance.now()
const codes = candidates.map(candidate => candidate.code)
process.stdout.write(JSON.stringify({ open: opened - started, code: done - opened, codes }))
