/**
 * Runs fault programmes one after the other and writes a line for each:
 * `R3  lost 0, duplicated 0, re-enqueued 4.2 s (goal ≤ 10 s)  seed 123  PASS`.
 * What a programme throws is a failure of that programme; the next one runs all the same.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { replayCommand } from './nemesis.js'
import { MissingPart, type Figure, type Programme, type ProgrammeContext } from './programme.js'
import { createRandom } from './random.js'

export interface RunRequest {
  readonly seed: number
  readonly isFull: boolean
  /** What cannot run here does not count as failed. */
  readonly skipsMissing: boolean
  /** A line of the report. */
  readonly report: (line: string) => void
  /** A line of what goes on. */
  readonly tell: (line: string) => void
}

export type Verdict = 'PASS' | 'FAIL' | 'MISSING'

/** True where every programme passed, or was missing a part and may. */
export async function runProgrammes(programmes: readonly Programme[], request: RunRequest): Promise<boolean> {
  let isGood = true
  for (const programme of programmes) {
    request.tell(`${programme.id}: ${programme.title}, seed ${request.seed}`)
    const verdict = await runProgramme(programme, request)
    if (verdict === 'FAIL' || (verdict === 'MISSING' && !request.skipsMissing)) isGood = false
    if (verdict === 'FAIL')
      request.tell(`to see it again: ${replayCommand(programme.id, request.seed, request.isFull)}`)
  }
  return isGood
}

async function runProgramme(programme: Programme, request: RunRequest): Promise<Verdict> {
  const { seed, isFull, report, tell } = request
  const directory = privateDirectory(programme.id)
  const context: ProgrammeContext = { seed, random: createRandom(seed), isFull, directory, tell }
  const end = (what: string, verdict: Verdict): Verdict => {
    report(`${programme.id.padEnd(3)} ${what}  seed ${seed}  ${verdict}`)
    if (verdict === 'FAIL') tell(`what it left behind: ${directory}`)
    else rmSync(directory, { recursive: true, force: true })
    return verdict
  }
  try {
    const { figures } = await programme.run(context)
    const holds = figures.length > 0 && figures.every(figure => figure.holds)
    return end(writeFigures(figures), holds ? 'PASS' : 'FAIL')
  } catch (error) {
    if (error instanceof MissingPart) return end(`cannot run: ${error.message}`, 'MISSING')
    tell(error instanceof Error ? (error.stack ?? error.message) : 'something was thrown that is no error')
    return end('did not come to its end', 'FAIL')
  }
}

function privateDirectory(id: string): string {
  const parent = path.join(tmpdir(), 'chartcode-fault')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  return mkdtempSync(path.join(parent, `${id.toLowerCase()}-`))
}

/** The goal stands beside a value that is not the goal itself. */
export function writeFigures(figures: readonly Figure[]): string {
  if (figures.length === 0) return 'no figures'
  return figures
    .map(({ name, value, goal }) => `${name} ${value}${goal === value ? '' : ` (goal ${goal})`}`)
    .join(', ')
}
