/** The lexicon's wordings by code, read from the hand-written tables: for looking up, not for coding. */
import path from 'node:path'
import { expandPattern, readAxes } from '../dictionary/lexicon/axes.js'
import { isValidIn, readLexicon } from '../dictionary/lexicon/rows.js'
import { drugCodes } from '../dictionary/build/drug-codes.js'
import { readDrugs } from '../dictionary/lexicon/drugs.js'
import type { LexiconCode } from '../dictionary/releases/verify-lexicon.js'
import { DICTIONARIES } from './package-root.js'

/** ICD-10-CM code with its dot → wordings: preferred term, synonyms, abbreviations, patients' words. */
export type LexiconWords = ReadonlyMap<string, readonly string[]>

export function readLexiconWords(fiscalYear: number): LexiconWords {
  const axes = readAxes(path.join(DICTIONARIES, 'axes.csv'))
  const words = new Map<string, string[]>()
  for (const row of readLexicon(DICTIONARIES)) {
    if (row.concept.system !== 'icd10cm' || !isValidIn(row, fiscalYear)) continue
    const wordings = [...row.phrases, ...row.lay, ...row.abbreviations].map(plain)
    for (const code of expandPattern(row.concept.code, axes))
      words.set(code, [...(words.get(code) ?? []), ...wordings])
  }
  return words
}

/** Without the marks that say how a wording is matched. */
function plain(wording: string): string {
  return wording.replace(/^~/, '').replace(/!$/, '')
}

/** Every code that the lexicon promises, with the place of its row, for `dictionary verify`. */
export function readLexiconCodes(): LexiconCode[] {
  const axes = readAxes(path.join(DICTIONARIES, 'axes.csv'))
  const ofLexicon = readLexicon(DICTIONARIES)
    .filter(({ concept }) => concept.system === 'icd10cm')
    .flatMap(({ concept, file, line, from, until }) =>
      expandPattern(concept.code, axes).map(code => ({
        code,
        file: path.relative(DICTIONARIES, file),
        line,
        preferred: concept.preferred,
        from: from ?? null,
        until: until ?? null,
      })),
    )
  const drugs = readDrugs(path.join(DICTIONARIES, DRUGS))
  const ofDrugs = drugCodes(drugs, axes).map(({ code, title, row, from }) => ({
    code,
    file: DRUGS,
    line: row + FIRST_ROW,
    preferred: title,
    from,
  }))
  return [...ofLexicon, ...ofDrugs]
}

const DRUGS = 'drugs.csv'
/** Line of a table's first row, behind its header. */
const FIRST_ROW = 2
