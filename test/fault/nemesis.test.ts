/** Schedules from a seed, and how they are carried out. */
import { describe, expect, it } from 'vitest'
import { drawSchedule, replayCommand, startNemesis } from './nemesis.js'

const REQUEST = {
  seed: 11,
  fromMs: 1_000,
  untilMs: 60_000,
  plans: [
    { op: 'kill-worker', times: 50, targets: 4 },
    { op: 'flushall', times: 2 },
    { op: 'stop-worker', times: 3, targets: 4, undo: { op: 'continue-worker', afterMs: 7_000 } },
  ],
} as const

describe('a schedule', () => {
  const schedule = drawSchedule(REQUEST)

  it('is the same for the same seed and another one for another', () => {
    expect(drawSchedule(REQUEST)).toEqual(schedule)
    expect(drawSchedule({ ...REQUEST, seed: 12 })).not.toEqual(schedule)
  })

  it('has every strike, in order, within its time, on all targets', () => {
    const kills = schedule.filter(strike => strike.op === 'kill-worker')
    expect(kills).toHaveLength(50)
    expect(new Set(kills.map(strike => strike.target))).toEqual(new Set([0, 1, 2, 3]))
    expect(schedule.map(strike => strike.at)).toEqual(schedule.map(strike => strike.at).sort((a, b) => a - b))
    expect(kills.every(({ at }) => at >= 1_000 && at <= 60_000)).toBe(true)
  })

  it('undoes what it stopped, on the same target', () => {
    for (const { at, target } of schedule.filter(strike => strike.op === 'stop-worker'))
      expect(schedule).toContainEqual({ at: at + 7_000, op: 'continue-worker', target })
  })

  it('keeps its strikes when a plan is added', () => {
    const more = drawSchedule({ ...REQUEST, plans: [...REQUEST.plans, { op: 'blackhole', times: 5 }] })
    expect(more.filter(strike => strike.op !== 'blackhole')).toEqual(schedule)
  })
})

describe('the nemesis', () => {
  it('carries out its schedule in order, in time, and goes on where an operation fails', async () => {
    const calls: string[] = []
    const operations = {
      kill: (target: number) => void calls.push(`kill ${target}`),
      cut: () => Promise.reject(new TypeError('is dead already')),
    }
    const told: string[] = []
    const schedule = [
      { at: 0, op: 'kill', target: 1 },
      { at: 20, op: 'cut', target: 0 },
      { at: 40, op: 'kill', target: 2 },
    ] as const
    const done = await startNemesis(schedule, operations, line => told.push(line)).over
    expect(calls).toEqual(['kill 1', 'kill 2'])
    expect(done.map(strike => strike.failed)).toEqual([false, true, false])
    expect(done.every(({ at, doneAt }) => doneAt >= at - 1)).toBe(true)
    expect(told).toContain('cut 0 could not be done')
  })

  it('strikes no more once it is stopped', async () => {
    let strikes = 0
    const nemesis = startNemesis(
      [
        { at: 0, op: 'kill', target: 0 },
        { at: 60_000, op: 'kill', target: 0 },
      ],
      { kill: () => void strikes++ },
    )
    await new Promise(resolve => setTimeout(resolve, 10))
    expect(await nemesis.stop()).toHaveLength(1)
    expect(strikes).toBe(1)
  })

  it('says what to type to see it again', () => {
    expect(replayCommand('R1', 42, true)).toBe('npm run fault -- R1 --seed 42 --full')
  })
})
