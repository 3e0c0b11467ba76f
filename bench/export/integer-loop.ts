/** What a second thread can bring on this machine at best: a plain loop over integers on one thread and on two. */
import { Worker } from 'node:worker_threads'

const LOOP = `
const { parentPort } = require('node:worker_threads')
let sum = 0
for (let i = 0; i < 1500000000; i++) sum = (sum * 31 + i) | 0
parentPort.postMessage(sum)`

async function secondsOf(threads: number): Promise<number> {
  const started = performance.now()
  await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(LOOP, { eval: true })
          worker.once('message', resolve)
          worker.once('error', reject)
        }),
    ),
  )
  return (performance.now() - started) / 1000
}

/** Times as much work in the same time; 2 at best. */
export async function loopSpeedUp(): Promise<number> {
  const one = await secondsOf(1)
  return (2 * one) / (await secondsOf(2))
}
