/** A program with named steps, for the test of crash points: it says each step once it is over. */
import { writeSync } from 'node:fs'
import { crashFromEnvironment } from '../crash.js'

const onStep = crashFromEnvironment(process.env)
for (const step of ['read', 'write', 'read', 'write', 'read', 'write', 'end']) {
  onStep(step)
  writeSync(1, `${step}\n`)
}
