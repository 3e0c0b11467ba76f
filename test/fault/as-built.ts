/**
 * Imported before anything else by programs that run from source beside the built workers: dictionaries are
 * named after the build, and a worker codes only what was submitted with the dictionaries that it has.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const file = path.join(import.meta.dirname, '..', '..', 'dist', 'build-id')
if (existsSync(file)) Object.assign(globalThis, { CHARTCODE_BUILD_ID: readFileSync(file, 'utf8') })
