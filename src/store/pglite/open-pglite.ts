/**
 * Opens the embedded database in a directory of its own (0700), in a thread of its own, for this process
 * alone. Throws `store-held` at once where another process has it. The first start takes 2 to 9 seconds,
 * the next ones less than one.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../../model/errors.js'
import type { Database } from '../database.js'
import { createPooledDatabase } from '../pooled-database.js'
import { startDatabaseThread } from './database-thread.js'
import { lockDirectory } from '../directory-lock.js'
import { createSingleConnectionPool } from './single-connection-pool.js'

export interface PgliteOptions {
  readonly directory: string
  /** The thread's script: `dist/workers/database-thread.js`. */
  readonly threadFile: string
}

export async function openPglite({ directory, threadFile }: PgliteOptions): Promise<Database> {
  const target = path.resolve(directory)
  makeDirectory(target)
  const release = lockDirectory(target)
  try {
    const thread = await startDatabaseThread(target, threadFile)
    const pool = createSingleConnectionPool(thread)
    const close = async (): Promise<void> => {
      await pool.end()
      release()
    }
    return { ...createPooledDatabase('pglite', pool), close }
  } catch (error) {
    release()
    throw error
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch {
    throw new ChartcodeError('file-missing', `the directory ${directory} cannot be made`)
  }
}
