import { describe, expect, it } from 'vitest'
// @ts-expect-error: a script of the repository, without types
import { fit, probability } from '../../scripts/logistic.mjs'

interface Row {
  readonly features: readonly string[]
  readonly right: boolean
  readonly weight: number
}

const fitted = fit as (rows: readonly Row[], options: { penalty: number }) => Map<string, number>
const chance = probability as (logOdds: number) => number

function rows(features: readonly string[], right: number, wrong: number): Row[] {
  return [...Array<boolean>(right).fill(true), ...Array<boolean>(wrong).fill(false)].map(isRight => ({
    features: ['base', ...features],
    right: isRight,
    weight: 1,
  }))
}

describe('the regression', () => {
  it('finds the shares of its rows', () => {
    const weights = fitted([...rows([], 30, 70), ...rows(['good'], 80, 20)], { penalty: 1e-6 })
    expect(chance(weights.get('base') ?? 0)).toBeCloseTo(0.3, 3)
    expect(chance((weights.get('base') ?? 0) + (weights.get('good') ?? 0))).toBeCloseTo(0.8, 3)
  })

  it('holds back where a feature is rare, the more the higher the penalty', () => {
    const few = [...rows([], 50, 50), ...rows(['rare'], 3, 0)]
    const [mild, strict] = [0.5, 5].map(penalty => fitted(few, { penalty }).get('rare') ?? 0) as [
      number,
      number,
    ]
    expect(mild).toBeGreaterThan(strict)
    expect(strict).toBeGreaterThan(0)
    expect(mild).toBeLessThan(2.5)
  })
})
