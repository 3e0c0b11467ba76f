/**
 * A worker for the tests of the pool: codes a note to its length, and dies on request.
 * `die` in a note: an error; `exit`: the thread ends; `once`: it dies the first time only.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const { mark, failsToStart } = workerData.task
if (failsToStart) throw new Error('no start')

parentPort.on('message', ({ chunk }) => {
  const texts = chunk.units.map(({ start, end }) =>
    Buffer.from(chunk.bytes.subarray(start, end)).toString('utf8'),
  )
  for (const text of texts) {
    if (text === 'die') throw new TypeError('a message that quotes the note')
    if (text === 'exit') process.exit(7)
    if (text === 'once' && !existsSync(mark)) {
      writeFileSync(mark, '')
      throw new Error('once')
    }
  }
  const results = new Uint8Array(Buffer.from(texts.map(text => `${text.length}\n`).join('')))
  const counts = { read: texts.length, coded: texts.length, nothingCodeable: 0, duplicate: 0, failed: 0 }
  const outcome = { results, errors: new Uint8Array(0), counts, used: [] }
  // The later the note, the sooner it is done: the order of the answers is not that of the questions.
  setTimeout(() => parentPort.postMessage({ type: 'done', outcome }), 20 / (1 + chunk.sequence))
})
parentPort.postMessage({ type: 'ready' })
