/** Detonates the poison of the text that is its argument, and says what came of it; for the test of `poison.ts`. */
import { writeSync } from 'node:fs'
import { detonate } from '../poison.js'

writeSync(1, 'lit ')
const result = detonate(process.argv[2] ?? '')
writeSync(1, result === null ? 'harmless' : JSON.stringify(result))
