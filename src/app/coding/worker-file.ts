/** The worker threads' script: beside the bundle, or from source where the program runs from source. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../../model/errors.js'
import { PACKAGE_ROOT } from '../package-root.js'

/** Throws `file-missing` where the package was not built. */
export function detectWorkerFile(): string {
  const file = path.join(PACKAGE_ROOT, 'dist', 'workers', 'detect-worker.js')
  if (existsSync(file)) return file
  throw new ChartcodeError('file-missing', 'dist/workers/detect-worker.js is missing: run `npm run build`')
}
