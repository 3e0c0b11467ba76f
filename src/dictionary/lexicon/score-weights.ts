/** `dictionaries/score-weights.csv`, as `npm run learn-score` writes it → the weight of each feature of a score. */
import { readCsv, refuse } from './csv.js'

export function readScoreWeights(file: string): Record<string, number> {
  const weights: Record<string, number> = {}
  for (const row of readCsv(file, ['feature', 'weight', 'seen', 'right'] as const)) {
    const { feature, weight } = row.cells
    if (feature === '' || weight === '' || !Number.isFinite(Number(weight)))
      refuse(row, `a feature and its weight in log odds are needed, not "${feature}" and "${weight}"`)
    if (feature in weights) refuse(row, `${feature} stands twice`)
    weights[feature] = Number(weight)
  }
  return weights
}
