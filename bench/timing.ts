/**
 * Contestants in turns, by benchmark.js: one suite a round, the order turned from round to round, so that
 * whatever else the machine does falls on all of them alike. A figure is seconds a pass; ratios are taken
 * within a round, and only then medians.
 */
import Benchmark from 'benchmark'

export interface Contestant {
  readonly name: string
  /** One pass over the corpus. */
  readonly pass: () => unknown
}

/** Contestant → seconds a pass, one figure a round. */
export type Timings = Readonly<Record<string, readonly number[]>>

/** Benchmark.js repeats a pass until so many seconds are full; that is one sample. */
const SECONDS_A_SAMPLE = 0.03
/** Of the samples of a round the fastest counts: in the others something else ran too. */
const SAMPLES_A_ROUND = 4

export function timeInTurns(contestants: readonly Contestant[], rounds: number): Timings {
  const timings: Record<string, number[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]))
  // The first round warms the compiler up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    const suite = new Benchmark.Suite()
    for (const { name, pass } of turned(contestants, round))
      suite.add(name, pass.bind(undefined), {
        minSamples: SAMPLES_A_ROUND,
        minTime: SECONDS_A_SAMPLE,
        maxTime: SECONDS_A_SAMPLE * SAMPLES_A_ROUND,
      })
    suite.on('cycle', ({ target }: Benchmark.Event) => {
      const { name, error, stats } = target as unknown as Benchmark
      if (error !== undefined) throw new Error(`${name} failed`, { cause: error })
      if (round > 0) timings[name ?? '']?.push(Math.min(...(stats.sample as readonly number[])))
    })
    suite.run({ async: false })
  }
  return timings
}

function turned<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}
