/** `--deadline` and `--heap`: what one note may take. Shared by the commands that code with threads. */
import { NOTE_LIMITS } from '../../app/coding/worker-pool.js'
import type { NoteLimits } from '../../app/coding/worker-slot.js'
import { numberFrom, type Arguments } from '../arguments.js'
import type { OptionSpec } from '../command-spec.js'

export const LIMIT_OPTIONS: readonly OptionSpec[] = [
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

export function limitsFrom(args: Arguments): NoteLimits {
  const seconds = numberFrom(args, 'deadline', { least: 0.1, most: 3600, whole: false })
  const heap = numberFrom(args, 'heap', { least: LEAST_HEAP, most: 65536, whole: true })
  return {
    deadline: seconds === undefined ? NOTE_LIMITS.deadline : seconds * 1000,
    heap: heap ?? NOTE_LIMITS.heap,
  }
}
