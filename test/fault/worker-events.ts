/** What watched workers said on standard output: how often each event came, and what an event carries. */
import { readFileSync } from 'node:fs'

export interface WorkerEvent {
  readonly code: string
  readonly [field: string]: unknown
}

/** A last line without its end was cut by the death of its writer. */
export function readEvents(files: readonly string[]): WorkerEvent[] {
  return files
    .filter(file => file.endsWith('.stdout'))
    .flatMap(file => readFileSync(file, 'utf8').split('\n').slice(0, -1))
    .map(line => JSON.parse(line) as WorkerEvent)
}

export function countEvents(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { code } of readEvents(files)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}
