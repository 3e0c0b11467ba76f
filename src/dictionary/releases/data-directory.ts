/**
 * Where installed releases and compiled dictionaries are kept.
 * Order: the option given, `CHARTCODE_DATA_DIR`, `XDG_DATA_HOME/chartcode`, `~/.local/share/chartcode`.
 * The directory is created for its owner only (0700): the same place holds the embedded store.
 */
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import { ChartcodeError } from '../../model/errors.js'

export interface DataDirectorySettings {
  /** `--data-dir`. */
  readonly option?: string | undefined
  readonly environment?: Readonly<Record<string, string | undefined>>
}

const OWNER_ONLY = 0o700

/** The absolute path; nothing is created. */
export function dataDirectoryPath(settings: DataDirectorySettings = {}): string {
  const environment = settings.environment ?? process.env
  const named = settings.option || environment.CHARTCODE_DATA_DIR
  if (named) return resolve(named)
  if (environment.XDG_DATA_HOME) return resolve(environment.XDG_DATA_HOME, 'chartcode')
  return join(environment.HOME || homedir(), '.local', 'share', 'chartcode')
}

/** Creates a directory below (or at) the data directory, readable by its owner only. */
export async function createOwnDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: OWNER_ONLY })
  } catch (error) {
    throw new ChartcodeError(
      'file-missing',
      `cannot create ${path}: name another place with --data-dir or CHARTCODE_DATA_DIR`,
      { cause: error },
    )
  }
}
