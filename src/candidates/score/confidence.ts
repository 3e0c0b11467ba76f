/**
 * Features → how often such a candidate is right: the logistic function of the sum of their weights. The weights
 * are learnt (`npm run learn-score`) by logistic regression, so the sum is log odds and the score a probability;
 * the accuracy report shows how far it may be taken at its word.
 */
import type { ScoreParts } from '../../model/result.js'

/** Feature → weight in log odds. */
export type ScoreWeights = Readonly<Record<string, number>>

export function logOdds(features: readonly string[], weights: ScoreWeights): number {
  let sum = 0
  for (const feature of features) sum += weights[feature] ?? 0
  return sum
}

/** From .01 to .99, three digits. */
export function confidence(features: readonly string[], weights: ScoreWeights): number {
  const probability = 1 / (1 + Math.exp(-logOdds(features, weights)))
  return Math.round(Math.min(MOST, Math.max(1 - MOST, probability)) * 1000) / 1000
}

const MOST = 0.99

/** Every feature with its weight, as `--explain` shows it. */
export function partsOf(features: readonly string[], weights: ScoreWeights): ScoreParts {
  return Object.fromEntries(features.map(feature => [feature, weights[feature] ?? 0]))
}

/** Below this a proposal is a ledger line, not a candidate (`--min-score`). */
export const DEFAULT_MIN_SCORE = 0.3
