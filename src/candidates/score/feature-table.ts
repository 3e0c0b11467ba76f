/**
 * The parts of a feature's name → the feature with its weight. Notes ask for the same few hundred again and again, so
 * a name is put together and looked up in the table of weights once, and then found by its parts.
 */

import { categoryOf } from '../../codes/icd10cm.js'

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

export interface FeatureTable {
  readonly featureOf: FeatureOf
  /** Chapter, category and the code itself. */
  readonly ofCode: (code: string) => readonly [chapter: Feature, category: Feature, code: Feature]
}

export function createFeatureTable(weights: ScoreWeights): FeatureTable {
  const featureOf = createFeatureOf(weights)
  const known = new Map<string, ReturnType<FeatureTable['ofCode']>>()
  return {
    featureOf,
    ofCode: code => {
      const seen = known.get(code)
      if (seen !== undefined) return seen
      const chapter = featureOf('chapter', code.charAt(0))
      const features = [chapter, featureOf('category', categoryOf(code)), featureOf('code', code)] as const
      known.set(code, features)
      return features
    },
  }
}

function createFeatureOf(weights: ScoreWeights): FeatureOf {
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
