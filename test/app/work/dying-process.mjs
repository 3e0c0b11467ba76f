/**
 * A process of its own for the tests: codes a note to its text, and dies or fails on request.
 * `die`: as by the kernel; `exit`: as if all were well; `fail`: the installation is broken; `wait`: for ever.
 */
const actions = {
  die: () => process.kill(process.pid, 'SIGKILL'),
  exit: () => process.exit(0),
  fail: () => process.send({ type: 'failed', message: 'no dictionary' }),
  wait: () => {},
}

process.on('disconnect', () => process.exit(0))
process.on('message', ({ type, chunk, dataDirectory }) => {
  if (dataDirectory === 'broken') process.exit(1)
  if (type === 'start') return process.send({ type: 'ready' })
  const [{ line }] = chunk.units
  const text = Buffer.from(chunk.bytes).toString('utf8')
  if (text in actions) return actions[text]()
  const results = new Uint8Array(Buffer.from(`${text} of ${process.pid}\n`))
  const notes = Uint32Array.from([0, results.length, line, 0, 1, 2, 3, 4])
  const outcome = { results, errors: new Uint8Array(0), notes, failures: {}, used: [], quarantined: [] }
  return process.send({ type: 'done', outcome })
})
