/**
 * Gold mentions and results of `detect` → precision, recall and F1 of each class of assertion, over the
 * mentions that were found. A result gives a mention the classes of all its lines and candidates that
 * overlap it, as the scorer's `assertionAccuracyOnFound` reads them.
 */
import { readFileSync } from 'node:fs'

/** Class → the reason that stands for it in the ledger; what has none is present. */
const CLASS_OF_REASON = {
  negated: 'negated',
  family: 'family',
  historical: 'historical',
  hypothetical: 'hypothetical',
  'uncertain-outpatient': 'possible',
}
const CLASSES = ['present', 'negated', 'historical', 'family', 'possible', 'hypothetical']

export function assertionClasses(goldFile, answersFile) {
  const answers = new Map(readLines(answersFile).map(result => [result.id, result]))
  const counts = Object.fromEntries(CLASSES.map(name => [name, { right: 0, said: 0, gold: 0 }]))
  for (const note of readLines(goldFile)) {
    const lines = classified(answers.get(note.id))
    for (const mention of note.mentions ?? []) {
      const said = new Set(
        lines.filter(line => line.start < mention.end && mention.start < line.end).map(line => line.class),
      )
      if (said.size === 0) continue
      counts[mention.assertion].gold++
      for (const name of said) counts[name].said++
      if (said.has(mention.assertion)) counts[mention.assertion].right++
    }
  }
  return Object.fromEntries(
    CLASSES.map(name => {
      const { right, said, gold } = counts[name]
      const share = (part, whole) => (whole === 0 ? 0 : part / whole)
      return [
        `on found: ${name}`,
        { precision: share(right, said), recall: share(right, gold), f1: share(2 * right, said + gold) },
      ]
    }),
  )
}

function classified(result) {
  const candidates = (result?.candidates ?? []).flatMap(({ system, evidence, assertion }) =>
    system === 'icd10cm'
      ? evidence
          .filter(({ role }) => role === 'condition')
          .map(span => ({ ...span, class: classOf(assertion) }))
      : [],
  )
  const lines = (result?.notCoded ?? []).map(line => ({
    ...line,
    class: CLASS_OF_REASON[line.reason] ?? 'present',
  }))
  return [...candidates, ...lines]
}

function classOf({ experiencer, temporality, certainty }) {
  if (experiencer !== 'patient') return 'family'
  if (temporality === 'historical') return 'historical'
  return certainty === 'confirmed' ? 'present' : 'possible'
}

function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}
