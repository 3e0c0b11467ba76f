/** Gold sets and results → rows to learn a score from, and how well scores keep their word. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { probability } from './logistic.mjs'
import { goldCodes, stem } from './report/gold-codes.mjs'

/**
 * The training sets, with the weight of one of their rows: the case reports code every mention and are many, the
 * visit notes say what a coder takes and are few. CodiEsp: A. Miranda-Escalada et al., Overview of automatic clinical
 * coding, CLEF (2020), CC BY 4.0. `leaves`: codes that a set does not speak of: its reports are coded for their
 * conditions, and status and history only by the way.
 */
export const TRAINING = [
  { name: 'vignettes', folder: 'test/guidelines/vignettes', weight: 2 },
  { name: 'codiesp-train', file: 'codiesp-train.jsonl', weight: 0.5, leaves: /^Z/ },
  { name: 'aci', file: 'aci-icd10cm-dev.jsonl', weight: 1 },
  { name: 'coder-notes', file: 'coder-notes-dev.jsonl', weight: 1 },
]

const HELD_OF = 5

export function isHeld(id) {
  return createHash('sha256').update(String(id)).digest()[0] % HELD_OF === 0
}

/** `detect`: notes → their results with `--explain`. */
export function labelledRows({ name, file, folder, weight, leaves }, shared, detect) {
  const files =
    folder === undefined
      ? [path.join(shared, 'gold', file)]
      : readdirSync(folder)
          .sort()
          .map(each => path.join(folder, each))
  const notes = files.flatMap(each =>
    readFileSync(each, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  )
  const results = detect(notes)
  return notes.flatMap((note, i) => {
    const { right } = goldCodes(note)
    const about = { set: name, id: note.id, weight, held: isHeld(note.id) }
    const rows = scoredCodes(results[i]).filter(({ code }) => leaves?.test(code) !== true)
    return rows.map(row => ({ ...about, ...row, right: isRight(stem(row.code), right) }))
  })
}

/**
 * Some gold is of an older edition: where the code it names has been divided since (R51 into R51.0 and R51.9), the
 * unspecified one below it is what it would be today.
 */
function isRight(code, gold) {
  return (
    gold.has(code) ||
    [...gold].some(old => code.startsWith(old) && /^[09]{1,2}$/.test(code.slice(old.length)))
  )
}

function scoredCodes({ candidates, notCoded }) {
  const weak = new Map()
  for (const line of notCoded)
    if (line.reason === 'below-score' && line.scoreParts !== undefined) weak.set(line.code, line)
  return [...candidates.filter(({ system }) => system === 'icd10cm'), ...weak.values()].map(
    ({ code, score, scoreParts }) => ({ code, score, features: Object.keys(scoreParts) }),
  )
}

export function logOdds(features, weights) {
  return features.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0)
}

/** The held back rows of all training sets, by the scores that the built program gives them. */
export function heldReliability(shared, detect) {
  const rows = TRAINING.flatMap(set => labelledRows(set, shared, detect)).filter(row => row.held)
  return { name: 'Held back training notes', count: rows.length, ...keepsWord(rows) }
}

const SURE = 0.9
const BINS = 10

/** `share`: of the rows scored {@link SURE} and more, the part that is right; `error`: expected calibration error over ten bins (M. P. Naeini et al., AAAI 2015). */
export function calibration(rows, weights) {
  return keepsWord(
    rows.map(row => ({ score: probability(logOdds(row.features, weights)), right: row.right })),
  )
}

function keepsWord(scored) {
  const sure = scored.filter(row => row.score >= SURE)
  const bins = Array.from({ length: BINS }, (_, i) =>
    scored.filter(row => Math.min(BINS - 1, Math.floor(row.score * BINS)) === i),
  )
  const error = bins.reduce(
    (sum, bin) =>
      sum +
      Math.abs(mean(bin.map(row => row.score)) - mean(bin.map(row => (row.right ? 1 : 0)))) * bin.length,
    0,
  )
  return {
    share: sure.filter(row => row.right).length / (sure.length || 1),
    sure: sure.length,
    error: error / (scored.length || 1),
    bins: bins.map(bin => ({
      count: bin.length,
      score: mean(bin.map(row => row.score)),
      right: mean(bin.map(row => (row.right ? 1 : 0))),
    })),
  }
}

function mean(values) {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
