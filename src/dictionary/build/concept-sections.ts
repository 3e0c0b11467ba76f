/** The rows of the lexicon as they lie in the snapshot, and which code of the catalogue each covers. */
import type { AxisValue, Concept } from '../../model/dictionary.js'
import { expandPattern } from '../lexicon/axes.js'
import type { SectionArray } from '../snapshot/format.js'
import { buildStrings } from '../snapshot/strings.js'
import type { CatalogueRow } from './catalogue-data.js'
import type { MergedPhrase } from './merge-phrases.js'

/** What a byte holds. */
const MOST_WORDINGS = 255

/** Code of the catalogue → the first lexicon row that covers it, for what a title alone does not say. */
export function conceptOfCodes(
  rows: readonly CatalogueRow[],
  concepts: readonly Concept[],
  axes: ReadonlyMap<string, readonly AxisValue[]>,
): Int32Array {
  const conceptOf = new Map<string, number>()
  concepts.forEach((concept, i) => {
    if (concept.system !== 'icd10cm' || concept.code === '') return
    for (const code of expandPattern(concept.code, axes)) if (!conceptOf.has(code)) conceptOf.set(code, i)
  })
  return Int32Array.from(rows, row => conceptOf.get(row.code) ?? -1)
}

/** `concepts.wordings`: how many phrases lead to a row; what clinicians often speak of has many. */
export function conceptSections(
  concepts: readonly Concept[],
  phrases: readonly MergedPhrase[],
): Record<string, SectionArray> {
  const wordings = new Uint8Array(concepts.length)
  for (const { senses } of phrases)
    for (const { concept } of senses)
      if (concept >= 0) wordings[concept] = Math.min(MOST_WORDINGS, (wordings[concept] as number) + 1)
  const strings = buildStrings(concepts.map(concept => JSON.stringify(concept)))
  return {
    'concepts.offsets': strings.offsets,
    'concepts.bytes': strings.bytes,
    'concepts.wordings': wordings,
  }
}
