/**
 * Features → how often such a candidate is right: the logistic function of the sum of their weights. The weights
 * are learnt (`npm run learn-score`) by logistic regression, so the sum is log odds and the score a probability;
 * the accuracy report shows how far it may be taken at its word.
 */
import type { ScoreParts } from '../../model/result.js'
import type { Feature } from './feature-table.js'

export function logOdds(features: readonly Feature[]): number {
  let sum = 0
  for (const { weight } of features) sum += weight
  return sum
}

/** From .01 to .99, three digits. */
export function confidence(features: readonly Feature[]): number {
  const probability = 1 / (1 + Math.exp(-logOdds(features)))
  return Math.round(Math.min(MOST, Math.max(1 - MOST, probability)) * 1000) / 1000
}

const MOST = 0.99

/** Every feature with its weight, as `--explain` shows it. */
export function partsOf(features: readonly Feature[]): ScoreParts {
  return Object.fromEntries(features.map(({ name, weight }) => [name, weight]))
}

/** Below this a proposal is a ledger line, not a candidate (`--min-score`). */
export const DEFAULT_MIN_SCORE = 0.3
