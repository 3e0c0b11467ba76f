/** A parent of two processes that never ends, for the test that they do not outlive it. Prints their pids. */
import { startProcesses } from '../supervisor.js'

const directory = process.argv[2] ?? ''
const supervisor = startProcesses({
  count: 2,
  command: () => ({ file: 'sleep', args: ['600'] }),
  directory,
})
process.stdout.write(`${supervisor.pids().join(' ')}\n`)
setInterval(() => {}, 60_000)
