/** Notes → their results, by the built command line with `--explain`. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'cli', 'main.js')

export function detectNotes(notes) {
  const lines = notes.map(({ id, text, setting, dateOfService, patient }) =>
    JSON.stringify({ id, text, setting, dateOfService, patient }),
  )
  const run = spawnSync(process.execPath, [CLI, 'detect', '--explain', '--format', 'ndjson', '-'], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (run.status !== 0) throw new Error(run.stderr.trim())
  return run.stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}
