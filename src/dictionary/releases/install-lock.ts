/**
 * One installation at a time changes the releases: a file that holds the process id of who does.
 * It is held for the few milliseconds of swapping directories, not while files are read. A lock whose
 * process is gone is taken over.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { ChartcodeError } from '../../model/errors.js'

const LOCK_NAME = '.install.lock'
const POLL_MS = 50
/** A swap takes milliseconds; half a minute means that something hangs. */
const PATIENCE_MS = 30_000

/** Runs `work` while no other process changes the directory. */
export async function withInstallLock<Result>(
  directory: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(directory, LOCK_NAME)
  await acquire(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<void> {
  for (let waited = 0; waited <= PATIENCE_MS; waited += POLL_MS) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (holder > 0 && !isRunning(holder)) await takeAway(path, holder)
    else await sleep(POLL_MS)
  }
  throw new ChartcodeError(
    'output-exists',
    `another installation holds ${path}: wait for it, or remove the file`,
  )
}

/** Only one of several waiting processes succeeds in the rename. */
async function takeAway(path: string, holder: number): Promise<void> {
  const aside = `${path}.${holder}.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  await rm(aside, { force: true })
}

/** `true` if a process of that id exists, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
