/**
 * A worker for the tests of the pool: codes a note to its length, and dies on request.
 * `die` in a note: an error; `exit`: the thread ends; `once`: it dies the first time only; `loop`: it never
 * ends; `heap`: it takes memory without end.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const { atUnit, ...task } = workerData
if (task.failsToStart) throw new Error('no start')
const at = new Int32Array(atUnit)

const actions = {
  die: () => {
    throw new TypeError('a message that quotes the note')
  },
  exit: () => process.exit(7),
  once: () => {
    if (existsSync(task.mark)) return
    writeFileSync(task.mark, '')
    throw new Error('once')
  },
  loop: () => {
    for (;;);
  },
  heap: () => {
    for (const kept = []; ;) kept.push(new Array(100_000).fill(kept.length))
  },
}

parentPort.on('message', ({ chunk }) => {
  let results = ''
  let errors = ''
  const failures = {}
  const notes = chunk.units.flatMap((unit, place) => {
    Atomics.store(at, 0, place + 1)
    if (unit.kind === 'reject') {
      const line = `${JSON.stringify({ source: unit.source, ...unit.reject })}\n`
      errors += line
      failures[unit.reject.error.code] = (failures[unit.reject.error.code] ?? 0) + 1
      return [2, line.length, unit.line, place, 0, 0, 0, 0]
    }
    const text = Buffer.from(chunk.bytes.subarray(unit.start, unit.end)).toString('utf8')
    actions[text]?.()
    results += `${text.length}\n`
    return [0, String(text.length).length + 1, unit.line, place, text.length, 1, 2, 3]
  })
  Atomics.store(at, 0, 0)
  const bytes = text => new Uint8Array(Buffer.from(text))
  const outcome = {
    results: bytes(results),
    errors: bytes(errors),
    notes: Uint32Array.from(notes),
    failures,
    used: [],
    quarantined: [],
  }
  // The later the note, the sooner it is done: the order of the answers is not that of the questions.
  setTimeout(() => parentPort.postMessage({ type: 'done', outcome }), 20 / (1 + chunk.sequence))
})
parentPort.postMessage({ type: 'ready' })
