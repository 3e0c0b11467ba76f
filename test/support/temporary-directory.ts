/** One directory for all temporary files of a run of the tests; removed when the run has ended. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export default function setup(): () => void {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-tests-'))
  process.env.TMPDIR = directory
  return () => {
    rmSync(directory, { recursive: true, force: true })
  }
}
