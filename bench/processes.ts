/** Suites as child processes: several of each, one after another, their answers gathered; and the start of a process, timed from outside. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Prepared } from './prepare.js'
import { WRONG_ANSWER, type SuiteAnswer, type SuiteConfig } from './suite.js'

export interface RunPlan {
  readonly processes: number
  readonly rounds: number
  readonly quick: boolean
}

export type SuiteOutcome =
  | { readonly kind: 'answered'; readonly answers: readonly SuiteAnswer[] }
  | { readonly kind: 'wrong'; readonly why: string }

export function runSuiteProcesses(suite: string, prepared: Prepared, plan: RunPlan): SuiteOutcome {
  const { snapshot, notes, phrases, directory } = prepared
  const config: SuiteConfig = { snapshot, notes, phrases, rounds: plan.rounds, quick: plan.quick }
  const answers: SuiteAnswer[] = []
  for (let i = 0; i < plan.processes; i++) {
    const child = spawnSync(
      process.execPath,
      [path.join(directory, `${suite}.mjs`), JSON.stringify(config)],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      },
    )
    if (child.status === WRONG_ANSWER) return { kind: 'wrong', why: child.stderr }
    if (child.status !== 0)
      return { kind: 'wrong', why: `ended with ${child.status ?? child.signal}: ${child.stderr}` }
    answers.push(JSON.parse(child.stdout) as SuiteAnswer)
  }
  return { kind: 'answered', answers }
}

/** What a start costs, in milliseconds, one figure a round; `nothing` is `node -e 0`. */
export interface StartFigures {
  readonly nothing: readonly number[]
  readonly firstCandidate: readonly number[]
  readonly openAndVerify: readonly number[]
}

export function timeStarts({ directory, snapshot }: Prepared, rounds: number): StartFigures {
  const figures = { nothing: [] as number[], firstCandidate: [] as number[], openAndVerify: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const nothing = timed(['-e', '0'])
    const first = timed([path.join(directory, 'first-candidate.mjs'), snapshot])
    const { open, codes } = JSON.parse(first.stdout) as { open: number; codes: readonly string[] }
    if (!codes.some(code => code.startsWith('E11')))
      throw new Error(`the first candidate is wrong: ${codes.join(' ')}`)
    if (round === 0) continue // fills the page cache
    figures.nothing.push(nothing.milliseconds)
    figures.firstCandidate.push(first.milliseconds)
    figures.openAndVerify.push(open)
  }
  return figures
}

function timed(args: readonly string[]): { milliseconds: number; stdout: string } {
  const started = performance.now()
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const milliseconds = performance.now() - started
  if (child.status !== 0)
    throw new Error(`node ${args.join(' ')} ended with ${child.status}: ${child.stderr}`)
  return { milliseconds, stdout: child.stdout }
}
