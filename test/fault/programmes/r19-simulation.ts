/**
 * R19: random schedules of faults against the product's own dispatch and work, over store and queue in memory; each has the seed after
 * the one before it, so `--seed` of one that broke a law shows it first. Its steps are written down.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { figureAtMost, figureEqual, type Programme } from '../programme.js'
import { simulate } from '../sim/simulate.js'

const SCHEDULES = 2_000
const SCHEDULES_FULL = 100_000
/** 2,000 schedules in 15 s. */
const MILLISECONDS_EACH = 7.5

/** Of those that broke a law, so many are written down; the rest is counted. */
const KEPT = 5

export const programme: Programme = {
  id: 'R19',
  title: 'simulated schedules of faults keep the law of conservation',
  run: async ({ seed, isFull, directory, tell }) => {
    const schedules = isFull ? SCHEDULES_FULL : SCHEDULES
    const start = performance.now()
    let [broken, steps, notes, claims] = [0, 0, 0, 0]
    for (let at = 0; at < schedules; at++) {
      const outcome = await simulate(seed + at)
      steps += outcome.steps
      notes += outcome.notes
      claims += outcome.claims
      if (outcome.violations.length === 0) continue
      broken++
      if (broken > KEPT) continue
      const file = path.join(directory, `${outcome.seed}.trace`)
      writeFileSync(file, [...outcome.trace, ...outcome.violations, ''].join('\n'))
      tell(`seed ${outcome.seed}: ${outcome.violations.join('; ')}; its steps are in ${file}`)
    }
    const seconds = (performance.now() - start) / 1_000
    tell(`${steps} steps, ${notes} notes, ${claims} attempts, ${seconds.toFixed(1)} s`)
    return {
      figures: [
        figureEqual('schedules', schedules, schedules),
        figureEqual('that broke a law', broken, 0),
        figureAtMost('time a schedule', (seconds * 1_000) / schedules, MILLISECONDS_EACH, 'ms'),
      ],
    }
  },
}
