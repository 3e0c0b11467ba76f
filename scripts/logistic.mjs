/**
 * Logistic regression over sparse features, with a penalty on the squares of the weights; Newton's method.
 * D. R. Cox, The regression analysis of binary sequences, J. R. Stat. Soc. B 20 (1958); A. E. Hoerl and
 * R. W. Kennard, Ridge regression, Technometrics 12 (1970).
 */

/**
 * @param {{features: string[], values?: number[], right: boolean, weight: number}[]} rows `values`: of the features, 1
 * where there are none
 * @param {{penalty: number, free?: string}} options `free`: the one feature that is not penalised
 * @returns {Map<string, number>} weight of each feature, in log odds
 */
export function fit(rows, { penalty, free = 'base', steps = 12 }) {
  const names = [...new Set(rows.flatMap(row => row.features))].sort()
  const indexOf = new Map(names.map((name, index) => [name, index]))
  const columns = rows.map(row => row.features.map(name => indexOf.get(name)))
  const valueAt = (row, place) => row.values?.[place] ?? 1
  const penalties = names.map(name => (name === free ? 1e-6 : penalty))
  const weights = new Float64Array(names.length)
  for (let step = 0; step < steps; step++) {
    const gradient = Float64Array.from(weights, (weight, i) => penalties[i] * weight)
    const curvature = names.map((_, i) => {
      const line = new Float64Array(names.length)
      line[i] = penalties[i]
      return line
    })
    rows.forEach((row, at) => {
      const own = columns[at]
      const p = probability(own.reduce((sum, index, place) => sum + weights[index] * valueAt(row, place), 0))
      const error = row.weight * (p - (row.right ? 1 : 0))
      const spread = row.weight * p * (1 - p)
      own.forEach((i, left) => {
        gradient[i] += error * valueAt(row, left)
        own.forEach((j, right) => (curvature[i][j] += spread * valueAt(row, left) * valueAt(row, right)))
      })
    })
    const change = solve(curvature, gradient)
    change.forEach((value, i) => (weights[i] -= value))
    if (Math.max(...change.map(Math.abs)) < 1e-6) break
  }
  return new Map(names.map((name, i) => [name, weights[i]]))
}

export function probability(logOdds) {
  return 1 / (1 + Math.exp(-logOdds))
}

/** Cholesky's way: the curvature is symmetric and, with the penalty, positive definite. */
function solve(matrix, vector) {
  const n = vector.length
  const lower = matrix.map(line => Float64Array.from(line))
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i][j]
      for (let k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k]
      lower[i][j] = i === j ? Math.sqrt(sum) : sum / lower[j][j]
    }
  const half = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = vector[i]
    for (let k = 0; k < i; k++) sum -= lower[i][k] * half[k]
    half[i] = sum / lower[i][i]
  }
  const whole = new Array(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let sum = half[i]
    for (let k = i + 1; k < n; k++) sum -= lower[k][i] * whole[k]
    whole[i] = sum / lower[i][i]
  }
  return whole
}
