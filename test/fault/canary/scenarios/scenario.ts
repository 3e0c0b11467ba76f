/** A scenario: something that is done with canary notes, in order or not, and what must come of it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ndjsonInput, NOTES, type Input } from '../good-inputs.js'
import type { Ended } from '../watched-program.js'
import type { RunOptions, Stage } from '../stage.js'

export interface Scenario {
  readonly name: string
  /** Of the ordinary form, of the full one, or of both. */
  readonly form: 'ordinary' | 'full' | 'both'
  readonly play: (stage: Stage) => Promise<void>
}

export function filesOf(stage: Stage, inputs: readonly Input[]): string[] {
  return inputs.map(({ name, content }) => stage.file(name, content))
}

export const RESULTS: RunOptions = { stdout: 'results', stderr: 'answers about own notes' }
/** `{id, noteId, isNew}` is an answer about one's own note. */
export const SUBMITTED: RunOptions = { stdout: 'answers about own notes', stderr: 'answers about own notes' }

export async function expectCode(
  stage: Stage,
  what: string,
  program: Promise<Ended>,
  ...codes: readonly number[]
): Promise<Ended> {
  const ended = await program
  const { code, signal, err } = ended
  const last = err.toString().trimEnd().split('\n').at(-1)?.slice(0, 200) ?? ''
  stage.expect(`${what} ended with ${code ?? signal}: ${last}`, code !== null && codes.includes(code))
  return ended
}

/** A worker that codes all that is open and ends; its standard error is the log. */
export function workUntilEmpty(stage: Stage, ...words: readonly string[]): Promise<Ended> {
  const all = ['worker', '--jobs', '1', '--until-empty', ...words]
  return expectCode(stage, 'worker --until-empty', stage.run(all, { stderr: 'logs' }), 0)
}

export function linesOf(bytes: Buffer): Record<string, unknown>[] {
  return bytes
    .toString()
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

export async function until(isSo: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<boolean> {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    try {
      if (await isSo()) return true
    } catch {
      // What is asked may be what was killed.
    }
    await sleep(50)
  }
  return false
}

export function untilNothingIsOpen({ backends }: Stage): Promise<boolean> {
  return until(async () => !(await backends.store.hasOpen()))
}

/** Notes that no other scenario has sent: those that were coded before are no work. */
export async function submitNew(stage: Stage, addition: string): Promise<Record<string, unknown>[]> {
  const [file = ''] = filesOf(stage, [ndjsonInput('notes.ndjson', addition)])
  const { out } = await expectCode(stage, 'submit', stage.run(['submit', file], SUBMITTED), 0)
  const notes = linesOf(out)
  stage.expect('each note was accepted', notes.filter(({ isNew }) => isNew === true).length === NOTES)
  return notes
}

/** Of `run.json`. */
export function expectCounts(stage: Stage, out: string, expected: Readonly<Record<string, number>>): void {
  const file = path.join(out, 'run.json')
  const { counts } = JSON.parse(readFileSync(file, 'utf8')) as { counts: Record<string, number> | null }
  for (const [name, count] of Object.entries(expected))
    stage.expect(`${counts?.[name] ?? 'no'} notes ${name}, not ${count}`, counts?.[name] === count)
}
