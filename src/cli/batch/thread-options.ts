/** `--jobs`, `--deadline` and `--heap`: threads, and what one note may take. Of the commands that code with threads. */
import { availableParallelism } from 'node:os'
import { NOTE_LIMITS } from '../../app/coding/worker-pool.js'
import type { NoteLimits } from '../../app/coding/worker-slot.js'
import { numberFrom, type Arguments } from '../arguments.js'
import type { OptionSpec } from '../command-spec.js'

export const THREAD_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'jobs',
    value: 'N',
    description: 'worker threads (default: one a processor)',
    configurable: true,
  },
  {
    name: 'deadline',
    value: 'SECONDS',
    description: `longest time for one note (default ${NOTE_LIMITS.deadline / 1000})`,
    configurable: true,
  },
  {
    name: 'heap',
    value: 'MB',
    description: `most memory of a worker thread (default ${NOTE_LIMITS.heap})`,
    configurable: true,
  },
]

const LEAST_HEAP = 64
/** More threads than this wait for the one that reads and writes. */
const MOST_JOBS = 256

export function jobsFrom(args: Arguments): number {
  return numberFrom(args, 'jobs', { least: 1, most: MOST_JOBS, whole: true }) ?? availableParallelism()
}

export function limitsFrom(args: Arguments): NoteLimits {
  const seconds = numberFrom(args, 'deadline', { least: 0.1, most: 3600, whole: false })
  const heap = numberFrom(args, 'heap', { least: LEAST_HEAP, most: 65536, whole: true })
  return {
    deadline: seconds === undefined ? NOTE_LIMITS.deadline : seconds * 1000,
    heap: heap ?? NOTE_LIMITS.heap,
  }
}
