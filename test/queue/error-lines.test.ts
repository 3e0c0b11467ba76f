/** A flood of errors is one call a second and code, and none is left out of the counts. */
import { expect, it } from 'vitest'
import { limitErrors } from '../../src/queue/error-lines.js'

it('tells the first error at once, the others with the next one after a second, the last at the end', () => {
  let now = 0
  const told: [string, number, number][] = []
  const lines = limitErrors(
    (code, times) => told.push([code, times, now]),
    () => now,
  )
  for (now = 0; now < 2_500; now += 10) lines.report('queue-unavailable')
  lines.report('queue-full')
  lines.flush()
  lines.flush()
  expect(told).toEqual([
    ['queue-unavailable', 1, 0],
    ['queue-unavailable', 100, 1_000],
    ['queue-unavailable', 100, 2_000],
    ['queue-full', 1, 2_500],
    ['queue-unavailable', 49, 2_500],
  ])
  expect(told.reduce((sum, [, times]) => sum + times, 0)).toBe(251)
})
