/**
 * The parts of a feature's name → the feature with its weight. Notes ask for the same few hundred again and again, so
 * a name is put together and looked up in the table of weights once, and then found by its parts.
 */

/** Feature → weight in log odds. */
type ScoreWeights = Readonly<Record<string, number>>

export interface Feature {
  readonly name: string
  /** In log odds; 0 for a feature that the table of weights lacks. */
  readonly weight: number
}

type Part = string | number

/** `('place', 'listed', 'assessment', 'head')` → `place=listed.assessment.head`. */
export type FeatureOf = (name: string, first?: Part, second?: Part, third?: Part) => Feature

interface Branch {
  feature: Feature | undefined
  readonly branches: Map<Part, Branch>
}

export function createFeatureOf(weights: ScoreWeights): FeatureOf {
  const root = new Map<Part, Branch>()
  return (name, first, second, third) => {
    let branch = branchOf(root, name)
    if (first !== undefined) branch = branchOf(branch.branches, first)
    if (second !== undefined) branch = branchOf(branch.branches, second)
    if (third !== undefined) branch = branchOf(branch.branches, third)
    return (branch.feature ??= weighed(weights, name, [first, second, third]))
  }
}

function branchOf(branches: Map<Part, Branch>, part: Part): Branch {
  const seen = branches.get(part)
  if (seen !== undefined) return seen
  const branch = { feature: undefined, branches: new Map<Part, Branch>() }
  branches.set(part, branch)
  return branch
}

function weighed(weights: ScoreWeights, name: string, parts: readonly (Part | undefined)[]): Feature {
  const value = parts.filter(part => part !== undefined).join('.')
  const whole = value === '' ? name : `${name}=${value}`
  return { name: whole, weight: weights[whole] ?? 0 }
}
