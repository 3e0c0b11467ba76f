/**
 * `npm run bench [-- --quick] [-- --only match]`: prepares dictionary and corpus, runs each suite in several
 * processes, and prints the ratios beside their goals. Ends with 1 where a suite gave a wrong answer: then
 * its time means nothing. A missed goal is a line of the table, because machines differ.
 */
import {
  matchFigures,
  memoryFigures,
  sizeFigures,
  snapshotFigures,
  speedFigures,
  startFigures,
  tokenizeFigures,
  wholeNoteFigures,
  type Figure,
} from './figures.js'
import { prepare, type Prepared } from './prepare.js'
import { runSuiteProcesses, timeStarts, type RunPlan } from './processes.js'
import { writeHeader, writeTable } from './report.js'
import { measureSnapshot } from './snapshot-sizes.js'
import type { SuiteAnswer } from './suite.js'

const FULL: RunPlan = { processes: 3, rounds: 7, quick: false }
const QUICK: RunPlan = { processes: 1, rounds: 3, quick: true }

const SUITES: Readonly<Record<string, (answers: readonly SuiteAnswer[]) => Figure[]>> = {
  tokenize: tokenizeFigures,
  match: matchFigures,
  'whole-note': wholeNoteFigures,
  'document-size': sizeFigures,
  'second-worker': memoryFigures,
}

async function main(args: readonly string[]): Promise<number> {
  const plan = args.includes('--quick') ? QUICK : FULL
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const isWanted = (suite: string): boolean => only === undefined || only === suite
  tell('preparing dictionary and corpus')
  const prepared = await prepare(plan.quick ? 75_000 : 300_000)
  process.stdout.write(`${writeHeader(prepared, plan)}\n`)
  const figures: Figure[] = []
  const speeds: Figure[] = []
  let wrong = 0
  for (const [suite, figuresOf] of Object.entries(SUITES)) {
    if (!isWanted(suite)) continue
    tell(suite)
    const outcome = runSuiteProcesses(suite, prepared, plan)
    if (outcome.kind === 'answered') {
      figures.push(...figuresOf(outcome.answers))
      speeds.push(...speedFigures(suite, outcome.answers))
    } else {
      wrong++
      process.stderr.write(`${suite}: wrong answer\n${outcome.why}\n`)
    }
  }
  if (isWanted('start')) figures.push(...startAndSize(prepared, plan))
  process.stdout.write(`${writeTable(figures)}\n\n${writeTable(speeds)}\n`)
  return wrong === 0 ? 0 : 1
}

function startAndSize(prepared: Prepared, plan: RunPlan): Figure[] {
  tell('start')
  const sizes = measureSnapshot(prepared.snapshot, prepared.dictionary.phrases)
  return [...startFigures(timeStarts(prepared, plan.quick ? 5 : 15)), ...snapshotFigures(sizes)]
}

function tell(what: string): void {
  process.stderr.write(`bench: ${what}\n`)
}

process.exitCode = await main(process.argv.slice(2))
