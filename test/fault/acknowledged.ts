/**
 * What a producer was told is accepted, in a file of its own: appended before it is counted, so that a
 * trial that is killed knows what it was promised. One id a line, with O_APPEND: several processes may write.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'

export interface AcknowledgedIds {
  readonly add: (ids: readonly string[]) => void
  readonly close: () => void
}

export function openAcknowledged(file: string): AcknowledgedIds {
  const descriptor = openSync(file, 'a', 0o600)
  return {
    add: ids => {
      if (ids.length > 0) writeSync(descriptor, ids.map(id => `${id}\n`).join(''))
    },
    close: () => {
      closeSync(descriptor)
    },
  }
}

/** Those of all writers, each once. A last line without its end was not acknowledged: its writer died in it. */
export function readAcknowledged(file: string): ReadonlySet<string> {
  if (!existsSync(file)) return new Set()
  const lines = readFileSync(file, 'utf8').split('\n')
  return new Set(lines.slice(0, -1).filter(id => id !== ''))
}
