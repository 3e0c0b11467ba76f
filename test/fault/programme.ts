/**
 * What a fault programme is: an id of the reliability programme (R1 … R21), a title, and a run that answers
 * figures, each beside its goal. The runner judges nothing: a figure says itself whether it holds.
 */
import type { Random } from './random.js'

export interface Figure {
  readonly name: string
  /** With its unit: `4.2 s`. */
  readonly value: string
  /** `≤ 10 s`; the value itself where nothing but it would do. */
  readonly goal: string
  readonly holds: boolean
}

export interface ProgrammeContext {
  readonly seed: number
  /** Drawn from the seed; nothing else in a programme is random. */
  readonly random: Random
  /** The sizes of a night or a release, not those of a merge. */
  readonly isFull: boolean
  /** Private and empty; removed when all figures hold, kept and named where one falls short. */
  readonly directory: string
  /** A line on stderr: what goes on, never what a note says. */
  readonly tell: (line: string) => void
}

export interface Programme {
  readonly id: string
  readonly title: string
  readonly run: (context: ProgrammeContext) => Promise<{ readonly figures: readonly Figure[] }>
}

/** Thrown by a programme that cannot run here: there is no `redis-server`, no PostgreSQL, no `strace`. */
export class MissingPart extends Error {
  readonly part: string

  constructor(part: string) {
    super(`${part} is not installed`)
    this.name = 'MissingPart'
    this.part = part
  }
}

/** What `startRedis`, `startPostgres` answer: null where there is none. */
export function present<T>(started: T | null, part: string): T {
  if (started === null) throw new MissingPart(part)
  return started
}

/** Below the goal or at it: `figureAtMost('re-enqueued', 4.2, 10, 's')`. */
export function figureAtMost(name: string, value: number, goal: number, unit = ''): Figure {
  return { name, value: withUnit(value, unit), goal: `≤ ${withUnit(goal, unit)}`, holds: value <= goal }
}

export function figureEqual(name: string, value: number, goal: number, unit = ''): Figure {
  return { name, value: withUnit(value, unit), goal: withUnit(goal, unit), holds: value === goal }
}

function withUnit(value: number, unit: string): string {
  const number = String(Number(value.toPrecision(Math.abs(value) >= 1_000 ? 15 : 4)))
  return unit === '' ? number : `${number} ${unit}`
}
