#!/usr/bin/env node
/**
 * `npm run learn-score [-- --rounds N --penalty N --dry]`: learns dictionaries/score-weights.csv from gold sets, which
 * are no part of this project (CHARTCODE_SHARED, or `shared` beside the checkout). One round codes the training notes
 * with the weights as they are, takes every candidate and every line below the limit as a row (its features; whether
 * its code is in the gold), and fits; a few rounds settle, for the weights decide what the rules see.
 *
 * A fifth of the notes, chosen by the hash of their id, is held back and never fitted: the calibration of the held
 * part is printed here and in the accuracy report. Five-fold figures, over all notes, say what such weights do for notes
 * not seen.
 */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { detectNotes } from './detect-notes.mjs'
import { fit, probability } from './logistic.mjs'
import { calibration, labelledRows, logOdds, TRAINING } from './score-rows.mjs'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const SHARED = process.env.CHARTCODE_SHARED || path.resolve(ROOT, '..', 'shared')
const TABLE = path.join(ROOT, 'dictionaries', 'score-weights.csv')
/** Rarer features say nothing reliable and would only lengthen the table. */
const LEAST_SEEN = 4

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    penalty: { type: 'string', default: '0.5' },
    dry: { type: 'boolean' },
  },
})
const PENALTY = Number(values.penalty)
const FOLDS = 5
process.exitCode = main()

function main() {
  const missing = TRAINING.flatMap(({ file }) =>
    file === undefined ? [] : [path.join(SHARED, 'gold', file)],
  ).find(file => !existsSync(file))
  if (missing !== undefined) {
    console.error(
      `learn-score: ${missing} is missing: name the folder of the gold sets with CHARTCODE_SHARED`,
    )
    return 1
  }
  let rows = []
  for (let round = 1; round <= Number(values.rounds); round++) {
    rows = TRAINING.flatMap(set => labelledRows(set, SHARED, detectNotes))
    const known = frequentOnly(rows)
    const weights = learn(known.filter(row => !row.held))
    report(`round ${round}`, known, weights)
    if (values.dry) return 0
    writeFileSync(TABLE, table(weights, known))
  }
  folds(frequentOnly(rows))
  return 0
}

function frequentOnly(rows) {
  const seen = new Map()
  for (const row of rows)
    if (!row.held) for (const name of row.features) seen.set(name, (seen.get(name) ?? 0) + 1)
  return rows.map(row => ({
    ...row,
    features: row.features.filter(name => (seen.get(name) ?? 0) >= LEAST_SEEN),
  }))
}

function table(weights, rows) {
  const seen = new Map()
  for (const row of rows)
    if (!row.held)
      for (const name of row.features) {
        const count = seen.get(name) ?? { all: 0, right: 0 }
        seen.set(name, { all: count.all + 1, right: count.right + (row.right ? 1 : 0) })
      }
  const lines = [...weights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, weight]) =>
        `${name},${weight.toFixed(3)},${seen.get(name)?.all ?? 0},${seen.get(name)?.right ?? 0}`,
    )
  return ['feature,weight,seen,right', ...lines, ''].join('\n')
}

function report(title, rows, weights) {
  const held = rows.filter(row => row.held)
  const { share, sure, error } = calibration(held, weights)
  console.log(
    `${title}: ${rows.length} rows, ${weights.size} features; held ${held.length}: of the ${sure} scored .9 and more ${(share * 100).toFixed(1)} % right, calibration error ${error.toFixed(3)}`,
  )
}

/**
 * Fits, then takes back what the fit is too sure of: scores of rows that their own weights have not seen tell by what
 * factor (J. C. Platt, Probabilistic outputs for support vector machines, 1999).
 */
function learn(rows) {
  const weights = fit(rows, { penalty: PENALTY })
  const unseen = outOfFold(rows, part => fit(part, { penalty: PENALTY }))
  const scaled = fit(
    unseen.map(({ sum, right, weight }) => ({ features: ['base', 'sum'], values: [1, sum], right, weight })),
    { penalty: 1e-6 },
  )
  const factor = scaled.get('sum')
  return new Map(
    [...weights].map(([name, weight]) => [
      name,
      factor * weight + (name === 'base' ? scaled.get('base') : 0),
    ]),
  )
}

/** Each row with the log odds that weights give it which were learnt from notes of other folds. */
function outOfFold(rows, learnFrom) {
  const ids = [...new Set(rows.map(row => row.id))]
  const foldOf = new Map(ids.map((id, i) => [id, i % FOLDS]))
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap(fold => {
    const weights = learnFrom(rows.filter(row => foldOf.get(row.id) !== fold))
    return rows
      .filter(row => foldOf.get(row.id) === fold)
      .map(row => ({ ...row, sum: logOdds(row.features, weights) }))
  })
}

/** Precision, recall and F1 of each set by limits of the score, each note scored by weights that have not seen it. */
function folds(rows) {
  const scored = outOfFold(rows, learn).map(row => ({ ...row, score: probability(row.sum) }))
  for (const { name } of TRAINING)
    for (const limit of [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]) {
      const own = scored.filter(row => row.set === name)
      const taken = own.filter(row => row.score >= limit)
      const right = taken.filter(row => row.right).length
      console.log(
        `${name} ${limit}: taken ${taken.length}, right ${right} (${((100 * right) / taken.length).toFixed(1)} %), of ${own.filter(row => row.right).length} reachable`,
      )
    }
}
