/** The scripts of threads and processes: `workers/` as it was bundled into `dist/workers`. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../../model/errors.js'
import { PACKAGE_ROOT } from '../package-root.js'

export type WorkerScript = 'detect-worker' | 'alone-process' | 'database-thread'

/** Throws `file-missing` where the package was not built. */
export function workerFile(script: WorkerScript): string {
  const file = path.join(PACKAGE_ROOT, 'dist', 'workers', `${script}.js`)
  if (existsSync(file)) return file
  throw new ChartcodeError('file-missing', `dist/workers/${script}.js is missing: run \`npm run build\``)
}
