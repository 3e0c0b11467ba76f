/**
 * What a suite is told and what it answers. Each suite is a program of its own: it checks its answers, times
 * its contestants and prints one line of JSON; a wrong answer ends it with {@link WRONG_ANSWER}.
 */
import { readFileSync } from 'node:fs'
import type { Timings } from './timing.js'

export interface SuiteConfig {
  /** Compiled dictionary, notes (one JSON string a line) and phrases (one a line). */
  readonly snapshot: string
  readonly notes: string
  readonly phrases: string
  readonly rounds: number
  readonly quick: boolean
}

/** Of one process: timings by group (`75000 phrases`), and figures that are no timings. */
export interface SuiteAnswer {
  readonly groups: Readonly<Record<string, Timings>>
  readonly figures: Readonly<Record<string, number>>
}

export const WRONG_ANSWER = 3

export function runSuite(suite: (config: SuiteConfig) => SuiteAnswer | Promise<SuiteAnswer>): void {
  const config = JSON.parse(process.argv[2] ?? '{}') as SuiteConfig
  Promise.resolve(config)
    .then(suite)
    .then(
      answer => process.stdout.write(`${JSON.stringify(answer)}\n`),
      (failure: unknown) => {
        process.stderr.write(
          `${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}\n`,
        )
        process.exitCode = failure instanceof WrongAnswer ? WRONG_ANSWER : 1
      },
    )
}

/** A contestant's answer is not the one that was to be found: no time is reported. */
export class WrongAnswer extends Error {}

export function mustEqual(what: string, found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)]
  if (left !== right)
    throw new WrongAnswer(`${what}: found ${left.slice(0, 200)}, expected ${right.slice(0, 200)}`)
}

/** Notes up to a number of characters; all of them where none is given. */
export function readNotes(config: SuiteConfig, characters = Number.MAX_SAFE_INTEGER): string[] {
  const notes: string[] = []
  let size = 0
  for (const line of readFileSync(config.notes, 'utf8').split('\n')) {
    if (line === '' || size >= characters) continue
    const note = JSON.parse(line) as string
    notes.push(note)
    size += note.length
  }
  return notes
}

export function charactersOf(notes: readonly string[]): number {
  return notes.reduce((sum, note) => sum + note.length, 0)
}
